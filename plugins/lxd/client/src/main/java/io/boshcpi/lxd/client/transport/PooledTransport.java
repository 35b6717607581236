package io.boshcpi.lxd.client.transport;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 over kept connections, the same for every way to reach a server: a {@link Connector} makes the difference.
 */
final class PooledTransport implements Transport {
    private final ConnectionPool pool;

    PooledTransport(Connector connector) {
        this.pool = new ConnectionPool(connector);
    }

    @Override
    public HttpReply exchange(HttpCall call, long deadlineNanos) throws IOException {
        pool.acquire(deadlineNanos);
        Connection connection = null;
        try {
            connection = pool.takeIdle();
            ClassicHttpResponse response = connection == null ? null : onIdle(connection, call, deadlineNanos);
            if (connection == null || response == null) {
                connection = null;
                connection = pool.connect(deadlineNanos);
                response = connection.exchange(call, deadlineNanos);
            }
            return new PooledReply(pool, connection, response);
        } catch (IOException | RuntimeException e) {
            pool.discard(connection);
            throw e;
        }
    }

    /** The answer, or null if the connection was closed before it took a byte of the call. */
    private @Nullable ClassicHttpResponse onIdle(Connection connection, HttpCall call, long deadlineNanos)
            throws IOException {
        try {
            return connection.exchange(call, deadlineNanos);
        } catch (NotSentException e) {
            if (!e.isWorthRetrying()) {
                throw e;
            }
            pool.drop(connection);
            return null;
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
