package io.boshcpi.core.resident;

import io.boshcpi.core.config.Configuration;
import io.boshcpi.core.config.MetricsOutput;
import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.log.LogLevel;
import io.boshcpi.core.log.OperatorText;
import io.boshcpi.core.status.HostStatus;
import io.boshcpi.core.status.StatusFormat;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the host's metrics to the file that the configuration names, for a collector of text files.
 *
 * <p>The file has mode 0600 and is replaced as a whole. It goes when the host ends; one that was left by a host that was
 * killed tells so by its age. The configuration is read anew each time, so a change needs no restart.
 */
final class MetricsFile extends Thread implements AutoCloseable {
    /** How often the configuration is looked at while it names no file. */
    private static final Duration IDLE = Duration.ofSeconds(15);

    private final Path configuration;
    private final Supplier<HostStatus> status;
    private final CallLog log;
    private @Nullable Path written;
    private @Nullable String problem;
    private boolean closed;

    MetricsFile(Path configuration, Supplier<HostStatus> status, CallLog log) {
        super("metrics");
        setDaemon(true);
        this.configuration = configuration;
        this.status = status;
        this.log = log;
    }

    @Override
    public void run() {
        try {
            while (!isInterrupted()) {
                Thread.sleep(writeOnce().toMillis());
            }
        } catch (InterruptedException e) {
            // The host ends.
        }
    }

    /** Writes the file if there is to be one, and returns how long to wait for the next time. */
    synchronized Duration writeOnce() {
        MetricsOutput output;
        try {
            output = Configuration.read(configuration).metrics().orElse(null);
        } catch (RuntimeException e) {
            report(OperatorText.of(e));
            return IDLE; // The file of before goes on until the configuration is mended.
        }
        if (closed) {
            return IDLE;
        }
        Path target = output == null ? null : output.file();
        if (written != null && !written.equals(target)) {
            remove(written);
            written = null;
        }
        if (output == null) {
            return IDLE;
        }
        write(output.file());
        return output.interval();
    }

    private void write(Path file) {
        try {
            replace(file, StatusFormat.PROMETHEUS.render(status.get()));
            written = file;
            problem = null;
        } catch (IOException | RuntimeException e) {
            report("The metrics cannot be written to " + file + ": " + OperatorText.of(e));
        }
    }

    /** Under a name that collectors pass over until it is complete. */
    private static void replace(Path file, byte[] content) throws IOException {
        Path incomplete = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(incomplete);
        try (WritableByteChannel channel = Files.newByteChannel(
                incomplete,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            Channels.newOutputStream(channel).write(content);
        }
        Files.move(incomplete, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Says what is wrong, once. */
    private void report(@Nullable String message) {
        String text = String.valueOf(message);
        if (!text.equals(problem)) {
            log.log(LogLevel.WARN, text);
            problem = text;
        }
    }

    private void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.log(LogLevel.WARN, "The metrics of before cannot be removed from " + file + ": " + OperatorText.of(e));
        }
    }

    /** Writes no more, and removes the file. */
    @Override
    public synchronized void close() {
        closed = true;
        interrupt();
        if (written != null) {
            remove(written);
            written = null;
        }
    }
}
