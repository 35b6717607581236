package io.boshcpi.distribution.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Makes the calls of the training, each in a JVM of its own as {@code bin/cpi-cold} starts it, and sees what it loads. */
final class ColdCalls {
    private final Path home;
    private final Path log;
    private final Map<String, Set<String>> classesOfMethods = new LinkedHashMap<>();
    private final Map<String, Loaded> mostOfMethods = new LinkedHashMap<>();

    /** How many classes a call loads, and how many lambdas of this project are among them. */
    record Loaded(int classes, int lambdas) {
        Loaded max(Loaded other) {
            return new Loaded(Math.max(classes, other.classes), Math.max(lambdas, other.lambdas));
        }
    }

    private ColdCalls(Path home, Path log) {
        this.home = home;
        this.log = log;
    }

    /** Makes all calls over a Unix socket and over HTTPS; of the latter {@code has_vm} counts, as {@code has_vm/https}. */
    static ColdCalls make(Path home, Path work) throws Exception {
        TrainingFiles files = new TrainingFiles(home.resolve("lib/training"));
        ColdCalls calls = new ColdCalls(home, work.resolve("classes"));
        try (TrainingServers servers = new TrainingServers()) {
            Map<String, String> variables = new HashMap<>(servers.variables());
            variables.putAll(files.images());
            for (String transport : List.of("unix", "https")) {
                Replay replay = new Replay(files.generatedIds(), files.recording());
                servers.answerWith(request -> slowly(replay.answer(request)));
                Path configuration = TrainingFiles.write(
                        files.folder().resolve("configurations/" + transport + ".json"), variables, work);
                files.script().play(variables, (method, request) -> {
                    String response = calls.call(configuration, request);
                    if (transport.equals("unix")) {
                        calls.count(method);
                    } else if (method.equals("has_vm")) {
                        calls.count("has_vm/https");
                    }
                    return response;
                });
            }
        }
        return calls;
    }

    /** Each call has to wait for a response, as with a real server: waiting needs some 60 classes of the JDK. */
    private static HttpMessage slowly(HttpMessage response) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(40));
        return response;
    }

    /** The most that a call of each method loaded. */
    Map<String, Loaded> most() {
        return mostOfMethods;
    }

    /** All classes that calls of the method loaded. */
    Map<String, Set<String>> classes() {
        return classesOfMethods;
    }

    private String call(Path configuration, String request) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "@lib/java.options",
                        "-XX:SharedArchiveFile=lib/cpi.jsa",
                        "-Xlog:class+load:file=" + log,
                        "@lib/class-path",
                        "io.boshcpi.core.cli.Main",
                        "--config",
                        configuration.toString())
                .directory(home.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Counts what the last call loaded. */
    private void count(String method) throws IOException {
        Set<String> classes = loadedClasses();
        mostOfMethods.merge(method, new Loaded(classes.size(), lambdas(classes)), Loaded::max);
        classesOfMethods
                .computeIfAbsent(method, unknown -> new LinkedHashSet<>())
                .addAll(classes);
    }

    private static int lambdas(Set<String> classes) {
        return (int) classes.stream()
                .filter(name -> name.startsWith("io.boshcpi.") && name.contains("$$Lambda"))
                .count();
    }

    /** The names in lines such as {@code [0.012s][info][class,load] java.lang.Object source: shared objects file}. */
    private Set<String> loadedClasses() throws IOException {
        Set<String> classes = new LinkedHashSet<>();
        for (String line : Files.readAllLines(log)) {
            int source = line.indexOf(" source: ");
            if (source > 0) {
                classes.add(line.substring(line.lastIndexOf(' ', source - 1) + 1, source));
            }
        }
        return classes;
    }
}
