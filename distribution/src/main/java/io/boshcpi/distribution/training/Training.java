package io.boshcpi.distribution.training;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes every call of a product against its recording, so that the archive of classes has what calls need.
 *
 * <p>The arguments are the folder of the {@link TrainingFiles} and the command of a {@code Rehearsal}, which gets a
 * configuration file, a blank and a request in each line and answers with a response in each line. The training fails
 * if a call has another outcome than the script says, or if the recording does not fit the requests.
 */
public final class Training {
    private final TrainingFiles files;
    private final TrainingServers servers;
    private final BufferedReader responses;
    private final Writer requests;

    private Training(TrainingFiles files, TrainingServers servers, Process process) {
        this.files = files;
        this.servers = servers;
        this.responses = process.inputReader(StandardCharsets.UTF_8);
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Trains and ends; with a status other than 0 if that fails. */
    public static void main(String[] args) throws Exception {
        TrainingFiles files = new TrainingFiles(Path.of(args[0]));
        List<Exchange> recording = files.recording();
        run(files, List.of(args).subList(1, args.length), training -> {
            for (Path configuration : files.configurations()) {
                training.replay(configuration, new Replay(files.generatedIds(), recording));
            }
        });
    }

    /** What is done with the process before it ends. */
    interface Lesson {
        void teach(Training training) throws IOException;
    }

    static void run(TrainingFiles files, List<String> command, Lesson lesson)
            throws IOException, InterruptedException, GeneralSecurityException {
        try (TrainingServers servers = new TrainingServers()) {
            Process process =
                    new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
            Training training = new Training(files, servers, process);
            try {
                lesson.teach(training);
            } finally {
                training.requests.close();
            }
            if (process.waitFor() != 0) {
                throw new IllegalStateException("the process ended with status " + process.exitValue());
            }
        }
    }

    private void replay(Path configuration, Replay replay) throws IOException {
        try {
            play(configuration, replay);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(outdated(configuration, replay), e);
        }
        if (!replay.failures().isEmpty()) {
            throw new IllegalStateException(outdated(configuration, replay));
        }
    }

    private static String outdated(Path configuration, Replay replay) {
        return "The recording does not fit the calls with " + configuration.getFileName()
                + "; run scripts/record-training if the requests changed on purpose:\n"
                + String.join("\n", replay.failures());
    }

    /** Makes all calls with a configuration while the servers answer with that handler. */
    void play(Path configuration, HttpServer.Handler handler) throws IOException {
        servers.answerWith(handler);
        Map<String, String> variables = new HashMap<>(servers.variables());
        variables.putAll(files.images());
        Path file = TrainingFiles.write(configuration, variables, servers.folder());
        files.script().play(variables, (method, request) -> call(file, method, request));
    }

    private String call(Path configuration, String method, String request) throws IOException {
        requests.write(configuration + " " + request + "\n");
        requests.flush();
        String response = responses.readLine();
        if (response == null) {
            throw new IllegalStateException("the process ended in " + method);
        }
        return response;
    }
}
