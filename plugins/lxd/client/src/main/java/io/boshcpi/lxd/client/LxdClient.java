package io.boshcpi.lxd.client;

import io.boshcpi.lxd.client.engine.KeyedLocks;
import io.boshcpi.lxd.client.engine.Names;
import io.boshcpi.lxd.client.engine.Rest;
import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.session.KnownServer;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.client.transport.ServerTrust;
import io.boshcpi.lxd.client.transport.Transport;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A client of one LXD or Incus server.
 *
 * <p>It keeps what many calls and threads share: connections, what the server is, and the locks that prevent calls of
 * this process from changing one object at the same time. It is made once and closed at the end.
 * Making it sends nothing.
 */
public final class LxdClient implements AutoCloseable {
    /** The locks by server or cluster, since several clients of one must not disturb each other either. */
    private static final ConcurrentHashMap<String, KeyedLocks> LOCKS = new ConcurrentHashMap<>();

    private final Transport transport;
    private final KeyedLocks locks;
    private final KnownServer known = new KnownServer();

    private LxdClient(Transport transport, KeyedLocks locks) {
        this.transport = transport;
        this.locks = locks;
    }

    /** A client of the server at that endpoint. */
    public static LxdClient of(Endpoint endpoint) {
        KeyedLocks fresh = new KeyedLocks();
        KeyedLocks present = LOCKS.putIfAbsent(address(endpoint), fresh);
        return new LxdClient(endpoint.open(), present == null ? fresh : present);
    }

    private static String address(Endpoint endpoint) {
        if (endpoint instanceof Endpoint.UnixSocket socket) {
            return socket.path();
        }
        Endpoint.Https https = (Endpoint.Https) endpoint;
        if (https.trust() instanceof ServerTrust.Pinned pinned) {
            return pinned.certificatePem(); // which all members of a cluster share
        }
        return https.urls().get(0).toString();
    }

    /** A client that uses the transport, and closes it in the end. */
    public static LxdClient over(Transport transport) {
        return new LxdClient(transport, new KeyedLocks());
    }

    /**
     * One caller's view of the server.
     *
     * @param project that all objects belong to; {@code "default"} is the server's own
     * @param timeout after which every request of the session fails with {@link LxdException.Kind#TIMED_OUT}
     */
    public LxdSession session(String project, Duration timeout) {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        Rest rest = new Rest(transport, Names.check("project", project), deadlineNanos);
        return new LxdSession(rest, locks, known);
    }

    @Override
    public void close() {
        transport.close();
    }
}
