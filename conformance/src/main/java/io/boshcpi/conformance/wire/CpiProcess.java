package io.boshcpi.conformance.wire;

import io.boshcpi.conformance.wire.Output.End;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Starts the CPI's executable for each call, with the environment that a Director gives it. */
public final class CpiProcess implements Cpi {
    private static final String DIRECTORS_PATH = "/usr/sbin:/usr/bin:/sbin:/bin";
    private static final List<String> PASSED_ON = List.of("TMPDIR", "HOME");

    /** For what is still in the pipes when the process has ended. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final List<String> command;
    private final Duration timeout;

    /**
     * A CPI.
     *
     * @param command the executable and its arguments
     * @param timeout how long a call may take; BOSH has no such limit
     */
    public CpiProcess(List<String> command, Duration timeout) {
        this.command = List.copyOf(command);
        this.timeout = timeout;
    }

    @Override
    public Output call(Request request) {
        try {
            return run(start(), request.text().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Output(new byte[0], String.valueOf(e.getMessage()), End.NOT_STARTED, -1, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Output(new byte[0], "the kit was interrupted", End.TIMED_OUT, -1, false);
        }
    }

    /**
     * Starts the CPI and, behind it, {@code cat}: Java ends the stream of a process that has ended, and {@code cat} that of
     * a pipe that nobody holds open, as the callers see it.
     */
    private List<Process> start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> inherited = new TreeMap<>(builder.environment());
        builder.environment().clear();
        builder.environment().put("PATH", DIRECTORS_PATH);
        for (String name : PASSED_ON) {
            if (inherited.containsKey(name)) {
                builder.environment().put(name, inherited.get(name));
            }
        }
        return ProcessBuilder.startPipeline(List.of(builder, new ProcessBuilder("cat")));
    }

    private Output run(List<Process> pipeline, byte[] request) throws InterruptedException {
        Process process = pipeline.get(0);
        Process pipe = pipeline.get(1);
        Drain stdout = new Drain(pipe.getInputStream());
        Drain stderr = new Drain(process.getErrorStream());
        Feed stdin = new Feed(process.getOutputStream(), request);
        stdout.start();
        stderr.start();
        stdin.start();
        boolean ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        stdout.join(GRACE.toMillis());
        boolean closed = !stdout.isAlive();
        pipe.destroyForcibly().waitFor();
        stderr.join(GRACE.toMillis());
        stdin.join(GRACE.toMillis());
        End end = !ended ? End.TIMED_OUT : closed ? End.EXITED : End.STREAM_OPEN;
        return new Output(
                stdout.bytes(),
                new String(stderr.bytes(), StandardCharsets.UTF_8),
                end,
                process.exitValue(),
                stdin.succeeded());
    }

    /** Reads a stream to its end. */
    private static final class Drain extends Thread {
        private final InputStream stream;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        Drain(InputStream stream) {
            this.stream = stream;
            setDaemon(true);
        }

        @Override
        public void run() {
            byte[] buffer = new byte[8192];
            try {
                for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                    content.write(buffer, 0, n);
                }
            } catch (IOException e) {
                // What came until then is what there is.
            }
        }

        byte[] bytes() {
            return content.toByteArray();
        }
    }

    /** Writes the request and closes stdin. */
    private static final class Feed extends Thread {
        private final OutputStream stream;
        private final byte[] request;
        private volatile boolean done;

        Feed(OutputStream stream, byte[] request) {
            this.stream = stream;
            this.request = request;
            setDaemon(true);
        }

        @Override
        public void run() {
            try (stream) {
                stream.write(request);
                stream.flush();
                done = true;
            } catch (IOException e) {
                // The CPI has closed stdin: a broken pipe for a Director.
            }
        }

        boolean succeeded() {
            return done;
        }
    }
}
