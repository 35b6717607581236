package io.boshcpi.lxd.client.transport;

import java.io.IOException;
import java.io.OutputStream;

/** What a request carries. */
public interface HttpBody {
    /** The media type. */
    String contentType();

    /** The exact number of bytes that {@link #writeTo} writes. */
    long length();

    /** Writes the body. Called once for each time that the request is sent, so more than once if it is repeated. */
    void writeTo(OutputStream out) throws IOException;

    /** A body that is in memory already. The array is not copied. */
    static HttpBody of(String contentType, byte[] bytes) {
        return new InMemory(contentType, bytes);
    }

    /** A small body, held in memory. */
    final class InMemory implements HttpBody {
        private final String contentType;
        private final byte[] bytes;

        private InMemory(String contentType, byte[] bytes) {
            this.contentType = contentType;
            this.bytes = bytes;
        }

        @Override
        public String contentType() {
            return contentType;
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(bytes);
        }
    }
}
