package io.boshcpi.conformance.wire;

import java.nio.charset.StandardCharsets;

/** What came out of one call. */
public final class Output {
    /** How a call ended. */
    public enum End {
        /** The process ended and stdout with it. */
        EXITED,
        /** The process did not end in time and was killed. */
        TIMED_OUT,
        /** The process ended, but something that it left behind holds stdout open. */
        STREAM_OPEN,
        /** The process could not be started. */
        NOT_STARTED
    }

    private final byte[] stdout;
    private final String stderr;
    private final End end;
    private final int exitCode;
    private final boolean requestRead;

    /** Everything that can be observed. */
    public Output(byte[] stdout, String stderr, End end, int exitCode, boolean requestRead) {
        this.stdout = stdout.clone();
        this.stderr = stderr;
        this.end = end;
        this.exitCode = exitCode;
        this.requestRead = requestRead;
    }

    /** A process that ended as it should, with this on stdout. */
    public static Output of(String stdout) {
        return new Output(stdout.getBytes(StandardCharsets.UTF_8), "", End.EXITED, 0, true);
    }

    public byte[] stdout() {
        return stdout.clone();
    }

    public String stderr() {
        return stderr;
    }

    public End end() {
        return end;
    }

    /** The exit code; -1 if there is none. */
    public int exitCode() {
        return exitCode;
    }

    /** Whether the CPI took the whole request from stdin. */
    public boolean requestRead() {
        return requestRead;
    }

    /** stdout as text; bytes that are no UTF-8 are replaced. */
    public String text() {
        return new String(stdout, StandardCharsets.UTF_8);
    }
}
