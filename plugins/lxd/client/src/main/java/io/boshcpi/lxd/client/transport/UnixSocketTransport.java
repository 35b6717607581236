package io.boshcpi.lxd.client.transport;

import java.io.IOException;

/** HTTP over a Unix socket. */
public final class UnixSocketTransport implements Transport {
    private final String path;

    private UnixSocketTransport(String path) {
        this.path = path;
    }

    /** A transport to the socket.
     *
     * @param path of the socket, or {@code @name} for the abstract name space */
    public static UnixSocketTransport to(String path) {
        return new UnixSocketTransport(path);
    }

    @Override
    public HttpReply exchange(HttpCall call, long deadlineNanos) throws IOException {
        throw new IOException("cannot reach " + path + " yet");
    }

    @Override
    public void close() {}
}
