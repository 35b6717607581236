package io.boshcpi.lxd.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;

/** A call's body in the form that HttpCore sends. */
final class BodyEntity extends AbstractHttpEntity {
    private final HttpBody body;

    BodyEntity(HttpBody body) {
        super(body.contentType(), null, false);
        this.body = body;
    }

    /** Fails if the body is not as long as it said, since the server would wait for the rest. */
    @Override
    public void writeTo(OutputStream out) throws IOException {
        Counter counter = new Counter(out);
        body.writeTo(counter);
        if (counter.count != body.length()) {
            throw new IOException("the body has " + counter.count + " bytes instead of the announced " + body.length());
        }
    }

    @Override
    public long getContentLength() {
        return body.length();
    }

    @Override
    public InputStream getContent() {
        throw new UnsupportedOperationException("a body can only be written");
    }

    @Override
    public boolean isStreaming() {
        return false;
    }

    @Override
    public void close() {}

    private static final class Counter extends OutputStream {
        private final OutputStream out;
        private long count;

        Counter(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int one) throws IOException {
            out.write(one);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }
    }
}
