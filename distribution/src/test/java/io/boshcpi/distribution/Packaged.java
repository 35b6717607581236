package io.boshcpi.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The packaged distribution and processes of it.
 *
 * @param home the distribution's folder
 * @param work where socket and output are
 * @param configuration the configuration file
 */
public record Packaged(Path home, Path work, Path configuration) {
    /** The one that was just built. */
    public static Packaged in(Path work) throws IOException {
        return new Packaged(Path.of("target/cpi").toRealPath(), work.toRealPath(), work.resolve("cpi.json"));
    }

    /** A copy of it, with times, modes and links, that may be damaged. */
    Packaged copy() throws IOException {
        Path target = work.resolve("copy");
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        target.resolve(home.relativize(file)),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
            }
        }
        return new Packaged(target, work, configuration);
    }

    public Packaged withConfiguration(Path other) {
        return new Packaged(home, work, other);
    }

    Path socket() {
        return work.resolve("s");
    }

    /** What a process left behind. */
    public record Outcome(int status, String stdout, String stderr) {}

    /** A process under way. */
    public record Running(Process process, Path stdout, Path stderr) {
        public Outcome end() throws IOException, InterruptedException {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Outcome(process.exitValue(), Files.readString(stdout), Files.readString(stderr));
        }
    }

    /** Starts a program of {@code bin} with the configuration. */
    public Running start(String program, String stdin, Map<String, String> environment) throws IOException {
        return start(List.of(program), stdin, environment);
    }

    /** Types a command of {@code bin/cpi}. */
    Outcome type(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("cpi"));
        command.addAll(List.of(words));
        return start(command, "", Map.of()).end();
    }

    private Running start(List<String> words, String stdin, Map<String, String> environment) throws IOException {
        Path stdout = Files.createTempFile(work, "out", "");
        Path stderr = Files.createTempFile(work, "err", "");
        List<String> command = new ArrayList<>(words);
        command.set(0, home.resolve("bin").resolve(words.get(0)).toString());
        command.addAll(List.of("--config", configuration.toString(), "--socket", socket().toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(stdout.toFile()).redirectError(stderr.toFile());
        builder.environment()
                .put(
                        "CPI_JAVA",
                        Path.of(System.getProperty("java.home"), "bin/java").toString());
        builder.environment().put("CPI_LAUNCHER_DEBUG", "1");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write(stdin.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            assertThat(process.isAlive()).isFalse(); // It has no use for stdin.
        }
        return new Running(process, stdout, stderr);
    }

    /** Makes a call. */
    Running call(String method, String... arguments) throws IOException {
        return start("cpi", request(method, arguments), Map.of());
    }

    static String request(String method, String... arguments) {
        String quoted = arguments.length == 0 ? "" : "\"" + String.join("\",\"", arguments) + "\"";
        return "{\"method\":\"" + method + "\",\"arguments\":[" + quoted + "],\"context\":{\"request_id\":\"cpi-7\"}}";
    }

    /** Starts a resident host and waits until it listens. */
    public Running startHost() throws IOException {
        Running host = start("cpi-host", "", Map.of());
        while (!Files.exists(socket())) {
            assertThat(host.process().isAlive()).isTrue();
            Thread.onSpinWait();
        }
        return host;
    }

    boolean hasCompiledLauncher() throws IOException {
        return Files.size(home.resolve("bin/cpi")) != Files.size(home.resolve("bin/cpi-cold"));
    }
}
