package io.boshcpi.lxd.client.transport;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** An answer that gives its connection back when it is closed. */
final class PooledReply implements HttpReply {
    private final ConnectionPool pool;
    private final Connection connection;
    private final ClassicHttpResponse response;
    private final ReplyBody body;
    private boolean closed;

    PooledReply(ConnectionPool pool, Connection connection, ClassicHttpResponse response) throws IOException {
        this.pool = pool;
        this.connection = connection;
        this.response = response;
        HttpEntity entity = response.getEntity();
        this.body = new ReplyBody(entity == null ? InputStream.nullInputStream() : entity.getContent());
    }

    @Override
    public int status() {
        return response.getCode();
    }

    @Override
    public @Nullable String header(String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (connection.isReusable() && body.isAtEnd()) {
            pool.release(connection);
        } else {
            pool.discard(connection);
        }
    }
}
