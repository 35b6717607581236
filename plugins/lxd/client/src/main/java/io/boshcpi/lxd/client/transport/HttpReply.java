package io.boshcpi.lxd.client.transport;

import java.io.Closeable;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a call. It holds a connection until it is closed. The connection is kept if the body was read to its
 * end, and closed otherwise.
 */
public interface HttpReply extends Closeable {
    /** The HTTP status code. */
    int status();

    /** The first header field of that name, in any case, or null. */
    @Nullable
    String header(String name);

    /** The body, empty if the answer has none. */
    InputStream body();

    /** Releases the connection. Never throws and may be called twice. */
    @Override
    void close();
}
