package io.boshcpi.lxd.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Map;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** One connection and the codec on it. Used by one thread at a time; only {@link #drop} may come from another. */
final class UnixConnection {
    private final UnixSocketTransport owner;
    private final ChannelSocket socket;
    private final DefaultBHttpClientConnection http = new DefaultBHttpClientConnection(Limits.HTTP);

    UnixConnection(UnixSocketTransport owner, ChannelSocket socket) throws IOException {
        this.owner = owner;
        this.socket = socket;
        http.bind(socket);
    }

    boolean isStale() {
        return socket.isStale();
    }

    void drop() {
        http.close(CloseMode.IMMEDIATE);
    }

    /** As {@link #exchange}, but null if the connection died before it took a byte of the call. */
    @Nullable
    HttpReply exchangeIfAlive(HttpCall call, long deadlineNanos) throws IOException {
        try {
            return exchange(call, deadlineNanos);
        } catch (IOException e) {
            if (socket.hasWritten()) {
                throw e;
            }
            return null;
        }
    }

    HttpReply exchange(HttpCall call, long deadlineNanos) throws IOException {
        socket.begin(deadlineNanos);
        ClassicHttpRequest request = request(call);
        try {
            boolean complete = send(request);
            ClassicHttpResponse response = http.receiveResponseHeader();
            while (response.getCode() < 200) {
                response = http.receiveResponseHeader();
            }
            http.receiveResponseEntity(response);
            return new Reply(request, response, complete);
        } catch (HttpException e) {
            throw new IOException("the answer is not HTTP: " + e.getMessage(), e);
        }
    }

    /**
     * Sends the request. A server that refuses a body may answer and hang up before it has read everything: then there is an
     * answer to be read although sending failed.
     *
     * @return whether all of it was sent
     */
    private boolean send(ClassicHttpRequest request) throws IOException, HttpException {
        http.sendRequestHeader(request);
        try {
            http.sendRequestEntity(request);
            http.flush();
            return true;
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            if (request.getEntity() == null
                    || !socket.hasWritten()
                    || !http.isDataAvailable(Timeout.ZERO_MILLISECONDS)) {
                throw e;
            }
            return false;
        }
    }

    private static ClassicHttpRequest request(HttpCall call) {
        BasicClassicHttpRequest request = new BasicClassicHttpRequest(call.method(), call.target());
        request.setHeader("Host", "localhost");
        for (Map.Entry<String, String> header : call.headers().entrySet()) {
            request.setHeader(header.getKey(), header.getValue());
        }
        HttpBody body = call.body();
        if (body != null) {
            request.setHeader("Content-Type", body.contentType());
            request.setHeader("Content-Length", Long.toString(body.length()));
            request.setEntity(
                    new EntityTemplate(body.length(), ContentType.parse(body.contentType()), null, body::writeTo));
        } else if (!call.method().equals("GET")) {
            request.setHeader("Content-Length", "0");
        }
        return request;
    }

    /** An answer whose connection is given back when it is closed. */
    private final class Reply implements HttpReply {
        private final ClassicHttpRequest request;
        private final ClassicHttpResponse response;
        private final boolean complete;
        private final Body body;
        private boolean closed;

        Reply(ClassicHttpRequest request, ClassicHttpResponse response, boolean complete) throws IOException {
            this.request = request;
            this.response = response;
            this.complete = complete;
            HttpEntity entity = response.getEntity();
            this.body = new Body(entity == null ? InputStream.nullInputStream() : entity.getContent());
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
            if (!closed) {
                closed = true;
                owner.release(UnixConnection.this, isReusable());
            }
        }

        private boolean isReusable() {
            return complete
                    && body.isAtEnd()
                    && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, HttpCoreContext.create());
        }
    }
}
