package io.boshcpi.core.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log of one call: lines that carry time, level, request ID and, if a plugin wrote them, its ID, without the call's
 * secrets.
 *
 * <p>Everything that is printed for a call goes through {@link #log}, so that is where secrets are redacted. A thread
 * writes to the log that it is bound to; one that is bound to none (a library's own) writes to the log that was made
 * the process's.
 */
public final class CallLog {
    private static final int MAX_ID_LENGTH = 64;

    /** The longest line: most requests fit as a whole. */
    private static final int MAX_LINE_LENGTH = 64 << 10;

    private static final int MAX_TRACE_LINES = 2000;

    private static final ThreadLocal<@Nullable CallLog> BOUND = new ThreadLocal<>();
    private static volatile @Nullable CallLog ofProcess;

    private final OutputStream sink;
    private final Redactor redactor;
    private volatile String requestId = "-";
    private volatile LogLevel level = LogLevel.INFO;

    /**
     * A log whose request is not known yet.
     *
     * @param sink where the lines go, in UTF-8; each line in one write
     * @param redactor knows the secrets that no line may hold
     */
    public CallLog(OutputStream sink, Redactor redactor) {
        this.sink = sink;
        this.redactor = redactor;
    }

    /** The log of the thread that asks; {@code null} if neither thread nor process has one. */
    public static @Nullable CallLog current() {
        CallLog bound = BOUND.get();
        return bound == null ? ofProcess : bound;
    }

    /** Makes it the log of threads that are bound to none. */
    public void ofProcess() {
        ofProcess = this;
    }

    /** Binds the thread to this log until the result is closed. */
    public Binding bind() {
        Binding binding = new Binding(BOUND.get());
        BOUND.set(this);
        return binding;
    }

    /** A thread's tie to a log. */
    public static final class Binding implements AutoCloseable {
        private final @Nullable CallLog before;

        private Binding(@Nullable CallLog before) {
            this.before = before;
        }

        /** Gives the thread back to the log that it was bound to before. */
        @Override
        public void close() {
            if (before == null) {
                BOUND.remove();
            } else {
                BOUND.set(before);
            }
        }
    }

    /** Sets the ID that stands in each line from now on; what cannot stand in a log line is left out. */
    public void requestId(String given) {
        String id = redactor.redact(given);
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < id.length() && clean.length() < MAX_ID_LENGTH; i++) {
            char c = id.charAt(i);
            if (c < 128 && (Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0)) {
                clean.append(c);
            }
        }
        requestId = clean.isEmpty() ? "-" : clean.toString();
    }

    /** The ID that stands in each line. */
    public String requestId() {
        return requestId;
    }

    /** Sets the level from which on lines are written. */
    public void level(LogLevel level) {
        this.level = level;
    }

    /** Knows the secrets of the call. */
    public Redactor redactor() {
        return redactor;
    }

    /** Whether lines of that level are written. */
    public boolean isEnabled(LogLevel level) {
        return level.compareTo(this.level) >= 0;
    }

    /**
     * Writes at {@link LogLevel#DEBUG}, to the log of the thread that asks, how long a phase of the call took.
     *
     * @param phase what it was, as the beginning of a sentence that "took" goes on
     * @param sinceNanos when it began, by {@link System#nanoTime}; it ends now
     */
    public static void phase(String phase, long sinceNanos) {
        CallLog log = current();
        if (log != null && log.isEnabled(LogLevel.DEBUG)) {
            long tenths = (System.nanoTime() - sinceNanos) / 100_000;
            log.log(LogLevel.DEBUG, phase + " took " + tenths / 10 + "." + tenths % 10 + " ms");
        }
    }

    /** Writes a message as one line: what would begin another one, or is not visible, is escaped. */
    public void log(LogLevel level, String message) {
        log(level, List.of(message));
    }

    /** Writes a message of several lines, each with the prefix. */
    public void log(LogLevel level, List<String> message) {
        if (isEnabled(level)) {
            List<String> lines = new ArrayList<>(message.size());
            for (String line : message) {
                lines.add(OperatorText.withoutClassNames(redactor.redact(line)));
            }
            write(level, lines);
        }
    }

    /** Writes a message and the stacks of the whole chain of causes: the only place where classes are named. */
    public void log(LogLevel level, String message, Throwable cause) {
        if (isEnabled(level)) {
            List<String> lines = new ArrayList<>();
            lines.add(redactor.redact(message));
            addTrace(lines, "", cause);
            write(level, lines);
        }
    }

    private void addTrace(List<String> lines, String title, Throwable thrown) {
        lines.add(redactor.redact(title + thrown));
        for (StackTraceElement frame : thrown.getStackTrace()) {
            lines.add("    at " + frame);
        }
        if (lines.size() > MAX_TRACE_LINES) {
            return;
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            addTrace(lines, "Suppressed: ", suppressed);
        }
        if (thrown.getCause() != null) {
            addTrace(lines, "Caused by: ", thrown.getCause());
        }
    }

    private void write(LogLevel level, List<String> redacted) {
        StringBuilder lines = new StringBuilder();
        String prefix = now() + " " + level.name() + " [" + requestId + "] " + source();
        for (String line : redacted) {
            String shown = OperatorText.printable(line);
            lines.append(prefix).append(OperatorText.shortened(shown, MAX_LINE_LENGTH, "a part of a long line"));
            lines.append('\n');
        }
        write(lines.toString());
    }

    private static String source() {
        return Thread.currentThread().getContextClassLoader() instanceof LogSource source
                ? "[" + source.logName() + "] "
                : "";
    }

    private void write(String lines) {
        try {
            synchronized (sink) {
                sink.write(lines.getBytes(StandardCharsets.UTF_8));
                sink.flush();
            }
        } catch (IOException e) {
            // The reader is gone. A call does not fail because its log cannot be written.
        }
    }

    /** {@code 2026-11-22T23:35:01.042Z}, without the formatters of java.time, which are slow to start. */
    private static String now() {
        long millis = System.currentTimeMillis();
        long ofDay = Math.floorMod(millis, 86_400_000L);
        StringBuilder time = new StringBuilder(24);
        time.append(LocalDate.ofEpochDay(Math.floorDiv(millis, 86_400_000L))).append('T');
        digits(time, ofDay / 3_600_000, 2).append(':');
        digits(time, ofDay / 60_000 % 60, 2).append(':');
        digits(time, ofDay / 1000 % 60, 2).append('.');
        return digits(time, ofDay % 1000, 3).append('Z').toString();
    }

    private static StringBuilder digits(StringBuilder to, long value, int width) {
        String text = Long.toString(value);
        for (int i = text.length(); i < width; i++) {
            to.append('0');
        }
        return to.append(text);
    }
}
