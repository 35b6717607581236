package io.boshcpi.lxd.client.transport;

import io.boshcpi.lxd.client.transport.NotSentException.Reason;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one server.
 *
 * <p>A call first takes a permit, which limits the number of connections, and then an idle connection or a new one. It
 * gives both back at its end, with {@link #release} or {@link #discard}.
 */
final class ConnectionPool {
    private static final int MAX_CONNECTIONS = 64;
    private static final int MAX_IDLE = 16;

    private final Connector connector;
    private final Semaphore permits = new Semaphore(MAX_CONNECTIONS);

    /** All connections; guards {@link #idle} and {@link #closed} as well. */
    private final Set<Connection> open = new HashSet<>();

    /** Connections that no call uses, the last used first. */
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();

    private boolean closed;

    ConnectionPool(Connector connector) {
        this.connector = connector;
    }

    /** Waits for a permit. */
    void acquire(long deadlineNanos) throws NotSentException {
        long nanos = deadlineNanos - System.nanoTime();
        if (nanos <= 0) {
            throw new NotSentException(Reason.DEADLINE, "the deadline has passed", null);
        }
        try {
            if (!permits.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
                throw new NotSentException(Reason.DEADLINE, "all connections were busy until the deadline", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotSentException(Reason.INTERRUPTED, "interrupted", e);
        }
    }

    /** Takes an idle connection, or null if there is none. The server may have closed it meanwhile. */
    @Nullable
    Connection takeIdle() {
        synchronized (open) {
            return idle.poll();
        }
    }

    /** Opens a new connection. */
    Connection connect(long deadlineNanos) throws NotSentException {
        Connection connection = connector.connect(deadlineNanos);
        synchronized (open) {
            if (!closed) {
                open.add(connection);
                return connection;
            }
        }
        connection.close();
        throw new NotSentException(Reason.CLOSED, "the client is closed", null);
    }

    /** Closes the connection and keeps the permit. */
    void drop(Connection connection) {
        synchronized (open) {
            open.remove(connection);
        }
        connection.close();
    }

    /** Gives back the permit, and the connection of an answer that was read to its end. */
    void release(Connection connection) {
        boolean kept = false;
        synchronized (open) {
            if (!closed && idle.size() < MAX_IDLE) {
                idle.push(connection);
                kept = true;
            }
        }
        if (!kept) {
            drop(connection);
        }
        permits.release();
    }

    /** Gives back the permit, and closes the connection if the call has one. */
    void discard(@Nullable Connection connection) {
        if (connection != null) {
            drop(connection);
        }
        permits.release();
    }

    /** Closes all connections, those in use included. */
    void close() {
        Set<Connection> all;
        synchronized (open) {
            closed = true;
            all = Set.copyOf(open);
            open.clear();
            idle.clear();
        }
        for (Connection connection : all) {
            connection.close();
        }
    }
}
