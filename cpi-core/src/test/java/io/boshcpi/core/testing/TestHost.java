package io.boshcpi.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.core.call.Caller;
import io.boshcpi.core.call.CpiHost;
import io.boshcpi.core.installation.Distribution;
import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.log.Redactor;
import io.boshcpi.core.rpc.Documents;
import io.boshcpi.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A host in the test's own process, in a folder of its own. */
public final class TestHost implements AutoCloseable {
    private final Path folder;
    private final Path configuration;
    private @Nullable CpiHost host;
    private String log = "";

    /** A host without plugins and with an empty configuration. */
    public TestHost(Path folder) {
        this.folder = folder;
        this.configuration = folder.resolve("cpi.json");
        try {
            Files.createDirectories(folder.resolve("plugins"));
            Files.createDirectories(folder.resolve("lib"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        configure("{}");
    }

    /** A host with the example provider. */
    public static TestHost withExample(Path folder) {
        TestHost host = new TestHost(folder);
        try {
            Files.copy(Example.JAR, host.plugin("example.jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        host.configure(Json.write(
                Map.of("example", Map.of("folder", folder.resolve("cloud").toString()))));
        return host;
    }

    /** The example provider, compiled once. */
    private static final class Example {
        static final Path JAR = build();

        private static Path build() {
            try {
                return PluginBuilder.example()
                        .build(Files.createTempDirectory("example").resolve("example.jar"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Where a plugin of that name belongs. */
    public Path plugin(String name) {
        return folder.resolve("plugins").resolve(name);
    }

    /** The distribution that it runs from. */
    public Distribution distribution() {
        return new Distribution(folder);
    }

    /** Writes the configuration. */
    public void configure(String json) {
        try {
            Files.writeString(configuration, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers a request as a new process would: plugins and configuration are read again. */
    public Answer call(String request) {
        return call(request.getBytes(StandardCharsets.UTF_8));
    }

    /** Answers a request as a new process would. */
    public Answer call(byte[] request) {
        close();
        return callAgain(request);
    }

    /** Answers a request as a process that has answered others. */
    public Answer callAgain(byte[] request) {
        CpiHost running = host == null ? new CpiHost(distribution(), configuration) : host;
        host = running;
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        Redactor redactor = new Redactor();
        Caller caller = new Caller(folder, new CallLog(stderr, redactor), redactor);
        String stdout = new String(running.answer(request, caller).toBytes(), StandardCharsets.UTF_8);
        log = stderr.toString(StandardCharsets.UTF_8);
        return Answer.of(stdout, log);
    }

    /** The log of the last call. */
    public String log() {
        return log;
    }

    @Override
    public void close() {
        if (host != null) {
            host.close();
            host = null;
        }
    }

    /**
     * What came back.
     *
     * @param stdout the response as it was written
     * @param stderr the log
     * @param response the response, parsed and checked for the shape that the Director insists on
     */
    public record Answer(String stdout, String stderr, Map<?, ?> response) {
        /** Checks the shape of a response. */
        public static Answer of(String stdout, String stderr) {
            if (!(Documents.read("stdout", stdout.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> response)) {
                throw new AssertionError("This is no response: " + stdout);
            }
            assertThat(response.keySet()).hasToString("[result, error, log]");
            assertThat(response.get("log")).isInstanceOf(String.class);
            if (response.get("error") instanceof Map<?, ?> error) {
                assertThat(response.get("result")).isNull();
                assertThat(error.get("type")).isInstanceOf(String.class);
                assertThat(error.get("message")).isInstanceOf(String.class);
                assertThat(error.get("ok_to_retry")).isInstanceOf(Boolean.class);
            } else {
                assertThat(response.get("error")).isNull();
            }
            return new Answer(stdout, stderr, response);
        }

        /** The result of a call that succeeded. */
        public @Nullable Object result() {
            assertThat(response.get("error")).as("error").isNull();
            return response.get("result");
        }

        /** The message of a call that failed. */
        public String message() {
            return String.valueOf(error().get("message"));
        }

        /** The type of the error, without what all types begin with. */
        public String type() {
            return String.valueOf(error().get("type")).replace("Bosh::Clouds::", "");
        }

        /** The error of a call that failed. */
        public Map<?, ?> error() {
            if (response.get("error") instanceof Map<?, ?> error) {
                return error;
            }
            throw new AssertionError("The call succeeded: " + stdout);
        }
    }
}
