package io.boshcpi.core.log;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The log of one call: lines that carry time, level and request ID, without the call's secrets.
 *
 * <p>Everything that is printed for a call goes through {@link #log}, so that is where secrets are redacted. A thread
 * writes to the log that it is bound to; one that is bound to none (a library's own) writes to the log that was made
 * the process's.
 */
public final class CallLog {
    private static final int MAX_ID_LENGTH = 64;
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
    static @Nullable CallLog current() {
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
    public void requestId(String id) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < id.length() && clean.length() < MAX_ID_LENGTH; i++) {
            char c = id.charAt(i);
            if (c < 128 && (Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0)) {
                clean.append(c);
            }
        }
        requestId = clean.isEmpty() ? "-" : clean.toString();
    }

    /** Sets the level from which on lines are written. */
    public void level(LogLevel level) {
        this.level = level;
    }

    /** Whether lines of that level are written. */
    public boolean isEnabled(LogLevel level) {
        return level.compareTo(this.level) >= 0;
    }

    /** Writes a message, each of its lines with its own prefix. */
    public void log(LogLevel level, String message) {
        if (!isEnabled(level)) {
            return;
        }
        String prefix = now() + " " + level.name() + " [" + redactor.redact(requestId) + "] ";
        StringBuilder lines = new StringBuilder();
        String text = redactor.redact(message);
        int start = 0;
        while (start <= text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            lines.append(prefix);
            appendPrintable(lines, text, start, end);
            lines.append('\n');
            start = end + 1;
        }
        write(lines.toString());
    }

    /** Writes a message and the whole chain of causes. */
    public void log(LogLevel level, String message, Throwable cause) {
        if (isEnabled(level)) {
            StringWriter trace = new StringWriter();
            cause.printStackTrace(new PrintWriter(trace));
            log(level, message + "\n" + trace.toString().stripTrailing());
        }
    }

    private static void appendPrintable(StringBuilder to, String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            boolean printable = (c >= ' ' && c != 0x7f) || c == '\t';
            to.append(printable ? c : ' ');
        }
    }

    private void write(String lines) {
        try {
            synchronized (sink) {
                sink.write(lines.getBytes(StandardCharsets.UTF_8));
                sink.flush();
            }
        } catch (IOException e) {
            // Nobody listens. A call is not failed because its log cannot be read.
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
