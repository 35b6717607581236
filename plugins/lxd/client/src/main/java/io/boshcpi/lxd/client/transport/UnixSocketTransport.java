package io.boshcpi.lxd.client.transport;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.InvalidPathException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * HTTP over a Unix socket: HttpCore's codec on the JDK's channels, which of the libraries at hand start fastest.
 *
 * <p>Connections are kept for the next call. Before one is used again it is checked that the server has not closed it; if the
 * server closes it between the check and the first byte, the call is sent on a new one. Once a byte is out the call is never
 * repeated here.
 */
public final class UnixSocketTransport implements Transport {
    private static final int MOST_CONNECTIONS = 64;
    private static final int MOST_KEPT = 8;

    private final String path;
    private final Semaphore permits = new Semaphore(MOST_CONNECTIONS);

    /** All connections, and those of them that nobody uses, the last used first; guarded by {@code open}. */
    private final Set<UnixConnection> open = new HashSet<>();

    private final ArrayDeque<UnixConnection> kept = new ArrayDeque<>();
    private boolean closed;

    private UnixSocketTransport(String path) {
        this.path = path;
    }

    /**
     * A transport to the socket.
     *
     * @param path of the socket, or {@code @name} for one in Linux' abstract name space
     */
    public static UnixSocketTransport to(String path) {
        return new UnixSocketTransport(path);
    }

    @Override
    public HttpReply exchange(HttpCall call, long deadlineNanos) throws IOException {
        acquire(deadlineNanos);
        UnixConnection connection = null;
        try {
            connection = takeKept();
            HttpReply reply = connection == null ? null : connection.exchangeIfAlive(call, deadlineNanos);
            if (reply == null) {
                discardIfAny(connection);
                connection = connect(deadlineNanos);
                reply = connection.exchange(call, deadlineNanos);
            }
            return reply;
        } catch (IOException | RuntimeException e) {
            discardIfAny(connection);
            permits.release();
            throw e;
        }
    }

    @Override
    public void close() {
        Set<UnixConnection> all;
        synchronized (open) {
            closed = true;
            all = Set.copyOf(open);
            open.clear();
            kept.clear();
        }
        for (UnixConnection connection : all) {
            connection.drop();
        }
    }

    /** Takes back the connection of an answer that was closed. */
    void release(UnixConnection connection, boolean reusable) {
        boolean keep = false;
        synchronized (open) {
            if (reusable && !closed && kept.size() < MOST_KEPT) {
                kept.push(connection);
                keep = true;
            }
        }
        if (!keep) {
            discardIfAny(connection);
        }
        permits.release();
    }

    private void acquire(long deadlineNanos) throws IOException {
        try {
            if (!permits.tryAcquire(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new NotSentException("all connections were busy until the deadline", false, null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotSentException("interrupted", false, e);
        }
    }

    private @Nullable UnixConnection takeKept() {
        while (true) {
            UnixConnection connection;
            synchronized (open) {
                connection = kept.poll();
            }
            if (connection == null || !connection.isStale()) {
                return connection;
            }
            discardIfAny(connection);
        }
    }

    private void discardIfAny(@Nullable UnixConnection connection) {
        if (connection != null) {
            synchronized (open) {
                open.remove(connection);
            }
            connection.drop();
        }
    }

    private UnixConnection connect(long deadlineNanos) throws IOException {
        try {
            UnixConnection connection = new UnixConnection(this, socket(deadlineNanos));
            synchronized (open) {
                if (!closed) {
                    open.add(connection);
                    return connection;
                }
            }
            connection.drop();
            throw new IOException("the client is closed");
        } catch (IOException | InvalidPathException e) {
            throw new NotSentException("cannot connect to " + path + ": " + e.getMessage(), mayPass(e), e);
        }
    }

    private ChannelSocket socket(long deadlineNanos) throws IOException {
        if (path.startsWith("@")) {
            return AbstractSockets.connect(path.substring(1), deadlineNanos);
        }
        return ChannelSocket.connect(
                SocketChannel.open(StandardProtocolFamily.UNIX), UnixDomainSocketAddress.of(path), deadlineNanos);
    }

    /** A server that restarts leaves its socket away or refuses; a forbidden or impossible one stays so. */
    private static boolean mayPass(Exception failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof IOException
                && !message.contains("Permission denied")
                && !message.contains("too long")
                && !message.contains("client is closed");
    }
}
