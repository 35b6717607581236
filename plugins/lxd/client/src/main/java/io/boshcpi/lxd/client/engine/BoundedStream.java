package io.boshcpi.lxd.client.engine;

import java.io.IOException;
import java.io.InputStream;

/** Fails, rather than ends, where a body is longer than its reader accepts. */
public final class BoundedStream extends InputStream {
    private final InputStream in;
    private long left;

    /** A stream that fails after so many bytes. */
    public BoundedStream(InputStream in, long max) {
        this.in = in;
        this.left = max;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        left -= Math.max(count, 0);
        if (left < 0) {
            throw new TooLongException();
        }
        return count;
    }

    /** There are more bytes. */
    public static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1;

        TooLongException() {
            super("the answer is too long");
        }
    }
}
