package io.boshcpi.lxd.client.transport;

import java.io.IOException;
import java.io.InputStream;

/** The body of an answer, which remembers whether it was read to its end. Closing it has no effect. */
final class ReplyBody extends InputStream {
    private final InputStream in;
    private boolean atEnd;

    ReplyBody(InputStream in) {
        this.in = in;
    }

    boolean isAtEnd() {
        return atEnd;
    }

    @Override
    public int read() throws IOException {
        int one = in.read();
        atEnd |= one < 0;
        return one;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        atEnd |= count < 0;
        return count;
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }
}
