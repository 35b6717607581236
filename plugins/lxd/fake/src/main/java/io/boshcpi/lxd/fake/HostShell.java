package io.boshcpi.lxd.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs the shell scripts that read a guest's mount table, on this machine, with a file in that table's place. */
final class HostShell {
    private static final Pattern TABLE = Pattern.compile("/proc/(self|1|\\$\\$|thread-self)/mountinfo");

    private HostShell() {}

    static boolean isMountTable(String path) {
        return TABLE.matcher(path).matches();
    }

    static boolean readsMountTable(List<String> command) {
        return command.size() >= 3
                && command.get(0).endsWith("sh")
                && command.get(1).equals("-c")
                && TABLE.matcher(command.get(2)).find();
    }

    static Guest.Result run(List<String> command, String mountinfo, int seconds) {
        try {
            Path directory = Files.createTempDirectory("fake-guest");
            Path table = Files.writeString(directory.resolve("mountinfo"), mountinfo);
            try {
                return run(command, table, directory, seconds);
            } finally {
                for (String name : List.of("mountinfo", "out", "err")) {
                    Files.deleteIfExists(directory.resolve(name));
                }
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Guest.Result.exit(130);
        }
    }

    private static Guest.Result run(List<String> command, Path table, Path directory, int seconds)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(command);
        words.set(0, "/bin/sh");
        words.set(2, TABLE.matcher(command.get(2)).replaceAll(Matcher.quoteReplacement(table.toString())));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process process = new ProcessBuilder(words)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return Guest.Result.exit(124);
        }
        return new Guest.Result(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
