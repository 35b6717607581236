package io.boshcpi.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.core.testing.RecordedCall;
import io.boshcpi.core.testing.TestHost.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Starts {@code bin/cpi} as a Director does: with next to nothing in the environment, and stdin to its end. */
public final class CpiProcess {
    /** What the Director gives. */
    public static final Map<String, String> DIRECTOR = RecordedCall.DIRECTORS_ENVIRONMENT;

    private final Path launcher;
    private final Path folder;
    private final Map<String, String> environment;

    private CpiProcess(Path launcher, Path folder, Map<String, String> environment) {
        this.launcher = launcher;
        this.folder = folder;
        this.environment = environment;
    }

    /** The distribution that the build has made. */
    public static Path distribution() {
        return Path.of("target/cpi").toAbsolutePath();
    }

    /** Copies the built distribution: what a test drops into it is seen by nobody else. */
    public static Path copyOfDistribution(Path to) {
        try (Stream<Path> files = Files.walk(distribution())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = to.resolve(distribution().relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The launcher of a distribution, started in a folder with a Director's environment. */
    public static CpiProcess of(Path launcher, Path folder) {
        return new CpiProcess(launcher, folder, new TreeMap<>(DIRECTOR));
    }

    /** The same with another environment. */
    public CpiProcess with(Map<String, String> environment) {
        return new CpiProcess(launcher, folder, new TreeMap<>(environment));
    }

    /** What came out of a process. */
    public record Output(int status, String stdout, String stderr) {}

    /** Makes a call, which must end with status 0 and one well-formed response. */
    public Answer call(byte[] request, String... arguments) {
        Output output = run(request, arguments);
        assertThat(output.status()).as("status; stderr: %s", output.stderr()).isZero();
        return Answer.of(output.stdout(), output.stderr());
    }

    /** Makes a call. */
    public Answer call(String request, String... arguments) {
        return call(request.getBytes(StandardCharsets.UTF_8), arguments);
    }

    /** Runs the launcher. */
    public Output run(byte[] stdin, String... arguments) {
        try {
            Process process = start(arguments);
            CompletableFuture<String> stdout = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
            CompletableFuture<String> stderr = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            try (OutputStream in = process.getOutputStream()) {
                in.write(stdin);
            }
            return new Output(process.waitFor(), stdout.join(), stderr.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts the launcher, whose stdin is open. */
    public Process start(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(launcher.toString()), Stream.of(arguments))
                .toList());
        builder.directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static String text(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
