package io.boshcpi.lxd.client;

import io.boshcpi.lxd.client.transport.HttpCall;
import io.boshcpi.lxd.client.transport.HttpReply;
import io.boshcpi.lxd.client.transport.NotSentException;
import io.boshcpi.lxd.client.transport.NotSentException.Reason;
import io.boshcpi.lxd.client.transport.Transport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls from a script, in its order, and remembers them. A call past the end of the script is a failure of the
 * test.
 */
public final class StubTransport implements Transport {
    private interface Step {
        HttpReply play() throws IOException;
    }

    private final ArrayDeque<Step> script = new ArrayDeque<>();
    private final List<String> calls = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private int open;

    public StubTransport answer(int status, String body) {
        return answer(status, body, Map.of());
    }

    public StubTransport answer(int status, String body, Map<String, String> headers) {
        script.add(() -> new StubReply(status, body, headers));
        return this;
    }

    public StubTransport sync(String metadata) {
        return answer(200, "{\"type\":\"sync\",\"status_code\":200,\"metadata\":" + metadata + "}");
    }

    public StubTransport async(String operation) {
        return answer(202, "{\"type\":\"async\",\"operation\":\"" + operation + "\",\"metadata\":{}}");
    }

    public StubTransport error(int httpStatus, int code, String message) {
        return answer(
                httpStatus,
                "{\"type\":\"error\",\"error_code\":" + code + ",\"error\":\"" + message.replace("\"", "\\\"")
                        + "\",\"metadata\":null}");
    }

    /** The server may have done it, and its answer is lost. */
    public StubTransport lose() {
        script.add(() -> {
            throw new IOException("connection reset");
        });
        return this;
    }

    /** The server is not there. */
    public StubTransport refuse() {
        script.add(() -> {
            throw new NotSentException(
                    Reason.UNREACHABLE, "cannot connect", new ConnectException("Connection refused"));
        });
        return this;
    }

    /** The server is not trusted, now and later. */
    public StubTransport distrust(IOException cause) {
        script.add(() -> {
            throw new NotSentException(Reason.UNTRUSTED, String.valueOf(cause.getMessage()), cause);
        });
        return this;
    }

    public List<String> calls() {
        return calls;
    }

    public List<String> bodies() {
        return bodies;
    }

    /** How many answers were not closed. */
    public int open() {
        return open;
    }

    public LxdClient client() {
        return LxdClient.over(this);
    }

    @Override
    public HttpReply exchange(HttpCall call, long deadlineNanos) throws IOException {
        calls.add(call.toString());
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (call.body() != null) {
            call.body().writeTo(body);
        }
        bodies.add(body.toString(StandardCharsets.UTF_8));
        Step step = script.poll();
        if (step == null) {
            throw new AssertionError("not in the script: " + call);
        }
        return step.play();
    }

    @Override
    public void close() {}

    private final class StubReply implements HttpReply {
        private final int status;
        private final Map<String, String> headers;
        private final InputStream body;

        StubReply(int status, String body, Map<String, String> headers) {
            this.status = status;
            this.headers = headers;
            this.body = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
            open++;
        }

        @Override
        public int status() {
            return status;
        }

        @Override
        public @Nullable String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }

        @Override
        public InputStream body() {
            return body;
        }

        @Override
        public void close() {
            open--;
        }
    }
}
