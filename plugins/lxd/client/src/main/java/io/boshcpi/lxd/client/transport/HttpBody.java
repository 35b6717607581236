package io.boshcpi.lxd.client.transport;

import java.io.IOException;
import java.io.OutputStream;

/** What a request carries. */
public interface HttpBody {
    /** The media type. */
    String contentType();

    /** The exact number of bytes that {@link #writeTo} writes. */
    long length();

    /** Writes the body; called once for each time that the request is sent, hence more than once if it is repeated. */
    void writeTo(OutputStream out) throws IOException;

    /** A body that is in memory already. The array is not copied. */
    static HttpBody of(String contentType, byte[] bytes) {
        return new BytesBody(contentType, bytes);
    }
}
