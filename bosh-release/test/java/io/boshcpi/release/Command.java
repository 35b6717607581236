package io.boshcpi.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A process to run, with an environment of its own. */
final class Command {
    private final List<String> words = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();
    private Path directory = Repository.release();
    private String input = "";

    /** What came of it. */
    record Result(int exitCode, String output, String errors) {
        Result succeeded() {
            if (exitCode != 0) {
                throw new AssertionError("Exit code " + exitCode + "\n" + output + errors);
            }
            return this;
        }

        List<String> lines() {
            return output.lines().toList();
        }
    }

    private Command(List<String> words) {
        this.words.addAll(words);
        environment.put("PATH", System.getenv("PATH"));
    }

    static Command of(Object... words) {
        List<String> strings = new ArrayList<>();
        for (Object word : words) {
            strings.add(word.toString());
        }
        return new Command(strings);
    }

    Command with(String variable, Object value) {
        environment.put(variable, value.toString());
        return this;
    }

    Command in(Path folder) {
        directory = folder;
        return this;
    }

    Command reading(String text) {
        input = text;
        return this;
    }

    Result run() {
        try {
            Path folder = Files.createTempDirectory("command");
            Path in = Files.writeString(folder.resolve("in"), input);
            Path out = folder.resolve("out");
            Path err = folder.resolve("err");
            ProcessBuilder builder = new ProcessBuilder(words)
                    .directory(directory.toFile())
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("Still runs after two minutes: " + words);
            }
            Result result = new Result(process.exitValue(), text(out), text(err));
            for (Path file : List.of(in, out, err, folder)) {
                Files.delete(file);
            }
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
