package io.boshcpi.lxd.client;

import java.io.IOException;
import java.io.InputStream;

/** Fails, rather than ends, where a body is longer than anything that a server in its right mind sends. */
final class BoundedStream extends InputStream {
    private final InputStream in;
    private long left;

    BoundedStream(InputStream in, long most) {
        this.in = in;
        this.left = most;
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

    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1;

        TooLongException() {
            super("the answer is too long");
        }
    }
}
