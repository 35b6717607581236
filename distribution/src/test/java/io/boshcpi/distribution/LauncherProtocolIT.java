package io.boshcpi.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.boshcpi.core.rpc.Documents;
import io.boshcpi.distribution.Packaged.Outcome;
import io.boshcpi.distribution.Packaged.Running;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The compiled launcher's side of the vectors in {@code launcher/vectors.json}, with a host that follows a script. */
@Tag("distribution")
@Timeout(60)
class LauncherProtocolIT {
    private static final String COLD = "answered by the script";
    private static final int MAX_GREETING = 8 + 4 + 5 * 4096;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Packaged cpi;

    /** The launcher in a folder whose script for cold calls says so and nothing else. */
    @BeforeEach
    void installLauncher() throws IOException {
        Packaged built = Packaged.in(folder);
        assumeTrue(built.hasCompiledLauncher(), "there is no C compiler");
        folder = folder.toRealPath();
        Path home = folder.resolve("home");
        Files.createDirectories(home.resolve("lib"));
        Files.createDirectories(home.resolve("bin"));
        Files.copy(built.home().resolve("bin/cpi"), home.resolve("bin/cpi"));
        Path script = Files.writeString(home.resolve("bin/cpi-cold"), "#!/bin/sh\nprintf %s '" + COLD + "'\n");
        assertThat(home.resolve("bin/cpi").toFile().setExecutable(true)).isTrue();
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("lib/build"), "b-größe\n");
        cpi = new Packaged(home, folder, Files.writeString(folder.resolve("cpi.json"), "{}"));
    }

    private static List<?> vectors(String kind) throws IOException {
        Map<?, ?> vectors = (Map<?, ?>) Objects.requireNonNull(
                Documents.read("vectors.json", Files.readAllBytes(Path.of("launcher/vectors.json"))));
        return (List<?>) Objects.requireNonNull(vectors.get(kind));
    }

    static List<?> conversations() throws IOException {
        return vectors("conversations");
    }

    private static String text(Map<?, ?> vector, String key) {
        return String.valueOf(vector.get(key));
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void theLauncherEndsAConversationAsItShould(Map<?, ?> conversation) throws Exception {
        byte[] frames = HexFormat.of().parseHex(text(conversation, "host"));
        Outcome outcome = converse(frames, new ByteArrayOutputStream());

        assertThat(outcome.status()).isZero();
        switch (text(conversation, "outcome")) {
            case "answered" -> {
                assertThat(outcome.stdout()).isEqualTo(text(conversation, "stdout"));
                assertThat(outcome.stderr()).isEqualTo(text(conversation, "stderr"));
            }
            case "cold" -> {
                assertThat(outcome.stdout()).isEqualTo(COLD);
                assertThat(outcome.stderr())
                        .isEqualTo("cpi: not served by a resident host: " + text(conversation, "why") + "\n");
            }
            default ->
                assertThat(outcome.stdout())
                        .startsWith("{\"result\":null,\"error\":{\"type\":\"Bosh::Clouds::CpiError\"")
                        .contains("outcome of the call is unknown")
                        .containsOnlyOnce("\n")
                        .endsWith("}\n");
        }
    }

    /** The encoding of the test is that of the vectors; so is the launcher's if both are the same. */
    @Test
    void theLauncherGreetsWithItsBuildFolderConfigurationWorkingDirectoryAndTheSizeOfTheRequest() throws Exception {
        for (Object vector : vectors("greetings")) {
            Map<?, ?> greeting = (Map<?, ?>) vector;
            List<String> fields = ((List<?>) Objects.requireNonNull(greeting.get("fields")))
                    .stream().map(String::valueOf).toList();
            assertThat(HexFormat.of().formatHex(greeting(fields))).isEqualTo(text(greeting, "hex"));
        }
        Map<String, Object> file = Files.readAttributes(cpi.configuration(), "unix:dev,ino,size");
        long modified = Files.getLastModifiedTime(cpi.configuration()).to(TimeUnit.MICROSECONDS);
        String state = file.get("dev") + ":" + file.get("ino") + ":" + file.get("size") + ":" + modified;

        ByteArrayOutputStream received = new ByteArrayOutputStream();
        converse(new byte[0], received);

        assertThat(received.toByteArray())
                .isEqualTo(greeting(List.of(
                        "b-größe\n",
                        cpi.home().toString(),
                        cpi.configuration().toString(),
                        state,
                        Path.of("").toRealPath().toString(),
                        Packaged.request("has_vm", "vm-1").length() + ":9")));
    }

    private static byte[] greeting(List<String> fields) {
        byte[] body = (String.join("\0", fields) + "\0").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(12 + body.length)
                .put("BOSHCPI2".getBytes(StandardCharsets.US_ASCII))
                .putInt(body.length)
                .put(body)
                .array();
    }

    /** Accepts the launcher, takes its greeting and sends the frames. */
    private Outcome converse(byte[] frames, ByteArrayOutputStream received) throws Exception {
        try (ServerSocketChannel host =
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(cpi.socket()))) {
            Running call = cpi.call("has_vm", "vm-1");
            try (SocketChannel launcher = host.accept()) {
                ByteBuffer greeting = ByteBuffer.allocate(MAX_GREETING);
                launcher.read(greeting); // The launcher greets in one write.
                received.write(greeting.array(), 0, greeting.position());
                ByteBuffer rest = ByteBuffer.wrap(frames);
                while (rest.hasRemaining()) {
                    launcher.write(rest);
                }
                launcher.shutdownOutput();
                drain(launcher);
            }
            return call.end();
        } finally {
            Files.delete(cpi.socket());
        }
    }

    /** Takes the request, since a request that the host does not take is an outcome of its own. */
    private static void drain(SocketChannel launcher) {
        try {
            while (launcher.read(ByteBuffer.allocate(4096)) >= 0) {
                // The request means nothing here.
            }
        } catch (IOException e) {
            // The launcher has left frames unread and makes a cold call.
        }
    }
}
