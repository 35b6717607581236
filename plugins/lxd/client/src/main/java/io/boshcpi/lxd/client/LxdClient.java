package io.boshcpi.lxd.client;

import io.boshcpi.lxd.client.model.Server;
import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.client.transport.Transport;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A client of one LXD or Incus server.
 *
 * <p>It keeps what may be shared by many calls and threads: connections, what the server is, and the locks that keep calls of
 * this process from changing one instance at the same time, which LXD refuses. It is made once and closed at the end.
 * Making it sends nothing.
 */
public final class LxdClient implements AutoCloseable {
    /** Of each server that this process knows: several clients of one server must not get into each other's way either. */
    private static final ConcurrentHashMap<String, KeyedLocks> LOCKS = new ConcurrentHashMap<>();

    private final Transport transport;
    private final KeyedLocks locks;
    private volatile @Nullable Server server;

    private LxdClient(Transport transport, KeyedLocks locks) {
        this.transport = transport;
        this.locks = locks;
    }

    /** A client of the server at that endpoint. */
    public static LxdClient of(Endpoint endpoint) {
        KeyedLocks fresh = new KeyedLocks();
        KeyedLocks known = LOCKS.putIfAbsent(server(endpoint), fresh);
        return new LxdClient(endpoint.open(), known == null ? fresh : known);
    }

    private static String server(Endpoint endpoint) {
        if (endpoint instanceof Endpoint.UnixSocket socket) {
            return socket.path();
        }
        return ((Endpoint.Https) endpoint).url().toString();
    }

    /** A client that uses the transport, and closes it in the end. */
    public static LxdClient over(Transport transport) {
        return new LxdClient(transport, new KeyedLocks());
    }

    /**
     * One caller's view of the server.
     *
     * @param project that all objects belong to; {@code "default"} is the server's own
     * @param timeout after which whatever the session still does fails with {@link LxdException.Kind#TIMED_OUT}
     */
    public LxdSession session(String project, Duration timeout) {
        return new LxdSession(this, Names.check("project", project), System.nanoTime() + timeout.toNanos());
    }

    @Override
    public void close() {
        transport.close();
    }

    Transport transport() {
        return transport;
    }

    KeyedLocks locks() {
        return locks;
    }

    /** What the server said about itself the first time, or null if nobody asked yet. */
    @Nullable
    Server knownServer() {
        return server;
    }

    void remember(Server known) {
        server = known;
    }
}
