package io.boshcpi.core.log;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Turns what somebody prints into log lines. It stands in for {@code System.out} and {@code System.err}: stdout is
 * the protocol's alone, and what a library prints to stderr may hold a secret.
 */
public final class LogStream extends OutputStream {
    private final CallLog fallback;
    private final LogLevel level;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /**
     * A stream into the log of the thread that prints.
     *
     * @param fallback the log of threads that have none
     * @param level the lines' level
     */
    public LogStream(CallLog fallback, LogLevel level) {
        this.fallback = fallback;
        this.level = level;
    }

    @Override
    public synchronized void write(int b) {
        if (b == '\n') {
            endLine();
        } else {
            line.write(b);
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            write(bytes[i]);
        }
    }

    /** Ends a line that has no end yet. */
    @Override
    public synchronized void close() {
        if (line.size() > 0) {
            endLine();
        }
    }

    private void endLine() {
        String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
        line.reset();
        CallLog log = CallLog.current();
        (log == null ? fallback : log).log(level, text);
    }
}
