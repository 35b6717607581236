package io.boshcpi.lxd.client.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * One connection and HttpCore's codec on it. Used by one thread at a time; only {@link #close} may come from another.
 *
 * <p>Only the codec, and not HttpClient: loading HttpClient's own pool and its chain of handlers takes longer than the
 * call of a process that makes one.
 */
final class Connection {
    /** How much of an answer's head is read before it is rejected. */
    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxLineLength(64 << 10)
            .setMaxHeaderCount(200)
            .build();

    /**
     * From which length on the server is asked first whether it wants the body. A server that answers without reading the
     * body hangs up, and over a network that overtakes its answer; but Go's servers, such as LXD and Incus, still read this
     * much before they do.
     */
    private static final long ASK_FROM_BYTES = 256 << 10;

    /** How long a server that says nothing to the question is waited for, before the body is sent nevertheless. */
    private static final long ASK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ChannelSocket wire;
    private final Socket socket;
    private final String host;
    private final DefaultBHttpClientConnection http = new DefaultBHttpClientConnection(LIMITS);
    private boolean reusable;

    /**
     * A connection that has served no call yet.
     *
     * @param wire what the bytes go through
     * @param socket what the codec writes to: the wire itself, or TLS on top of it
     * @param host for the header field {@code Host}
     */
    Connection(ChannelSocket wire, Socket socket, String host) throws IOException {
        this.wire = wire;
        this.socket = socket;
        this.host = host;
        http.bind(socket);
    }

    /** Whether the connection can serve another call once the body of the last answer was read. */
    boolean isReusable() {
        return reusable;
    }

    /** The wire goes first, so that TLS has nobody to say goodbye to, which could block, and only frees its memory. */
    void close() {
        wire.close();
        try {
            socket.close();
        } catch (IOException e) {
            // the connection is gone either way
        }
    }

    /** Sends the call and reads the answer up to its body. */
    ClassicHttpResponse exchange(HttpCall call, long deadlineNanos) throws IOException {
        wire.begin(deadlineNanos);
        reusable = false;
        try {
            ClassicHttpRequest request = request(call);
            http.sendRequestHeader(request);
            ClassicHttpResponse refusal = request.containsHeader("Expect") ? refusal(deadlineNanos) : null;
            if (refusal != null) {
                http.receiveResponseEntity(refusal);
                return refusal;
            }
            IOException cut = sendBody(request);
            ClassicHttpResponse response = receive(cut);
            reusable = cut == null
                    && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, HttpCoreContext.create());
            return response;
        } catch (HttpException e) {
            throw new IOException("the answer is not HTTP: " + e.getMessage(), e);
        } catch (IOException e) {
            throw explained(e);
        }
    }

    /** The failure, or its meaning if the server cannot have seen the request. */
    private IOException explained(IOException failure) {
        if (TlsFailures.isDistrust(failure)) {
            // With TLS 1.3 a server rejects the client's certificate only after the client has sent its request.
            return NotSentException.untrusted(host, failure);
        } else if (wire.hasWritten() || !wire.isBroken()) {
            return failure;
        }
        return new NotSentException(
                NotSentException.reasonOf(failure),
                "the connection broke before the request was sent: " + failure.getMessage(),
                failure);
    }

    /** The answer of a server that does not want the body, or null if it wants it or says nothing. */
    private @Nullable ClassicHttpResponse refusal(long deadlineNanos) throws IOException, HttpException {
        http.flush();
        long patienceEnds = System.nanoTime() + ASK_NANOS;
        wire.limit(patienceEnds - deadlineNanos < 0 ? patienceEnds : deadlineNanos);
        boolean answered = http.isDataAvailable(Timeout.DISABLED); // the wire has the time limit
        wire.limit(deadlineNanos);
        if (!answered) {
            return null;
        }
        ClassicHttpResponse response = http.receiveResponseHeader();
        return response.getCode() < 200 ? null : response;
    }

    /**
     * Sends the body. A server that rejects a body may answer and hang up before it has read everything, so a
     * connection that breaks in the middle of a body can still hold an answer.
     *
     * @return what broke the connection, or null if the whole request was sent
     */
    private @Nullable IOException sendBody(ClassicHttpRequest request) throws IOException, HttpException {
        try {
            http.sendRequestEntity(request);
            http.flush();
            return null;
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            boolean bodyFailed = !wire.isBroken();
            if (bodyFailed || request.getEntity() == null || !wire.hasWritten()) {
                throw e;
            }
            return e;
        }
    }

    private ClassicHttpResponse receive(@Nullable IOException cut) throws IOException, HttpException {
        try {
            ClassicHttpResponse response = http.receiveResponseHeader();
            while (response.getCode() < 200) {
                response = http.receiveResponseHeader();
            }
            http.receiveResponseEntity(response);
            return response;
        } catch (IOException e) {
            if (cut != null) {
                e.addSuppressed(cut);
            }
            throw e;
        }
    }

    private boolean overNetwork() {
        return socket != wire;
    }

    private ClassicHttpRequest request(HttpCall call) {
        BasicClassicHttpRequest request = new BasicClassicHttpRequest(call.method(), call.target());
        request.setHeader("Host", host);
        for (Map.Entry<String, String> header : call.headers().entrySet()) {
            request.setHeader(header.getKey(), header.getValue());
        }
        HttpBody body = call.body();
        if (body != null) {
            request.setHeader("Content-Type", body.contentType());
            request.setHeader("Content-Length", Long.toString(body.length()));
            request.setEntity(new BodyEntity(body));
            if (overNetwork() && body.length() > ASK_FROM_BYTES) {
                request.setHeader("Expect", "100-continue");
            }
        } else if (!call.method().equals("GET")) {
            request.setHeader("Content-Length", "0");
        }
        return request;
    }
}
