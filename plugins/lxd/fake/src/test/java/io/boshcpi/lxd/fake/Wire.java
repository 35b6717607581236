package io.boshcpi.lxd.fake;

import io.boshcpi.lxd.client.transport.HttpBody;
import io.boshcpi.lxd.client.transport.HttpCall;
import io.boshcpi.lxd.client.transport.HttpReply;
import io.boshcpi.lxd.client.transport.Transport;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Plain requests to a server, real or not, and its answers as they are. */
record Wire(Transport transport) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What came back; a body that is no JSON object is under {@code raw}. */
    record Answer(int status, Map<String, Object> body, Map<String, String> headers) {
        String error() {
            return Json.text(body, "error", "");
        }

        @Nullable
        Object metadata() {
            return body.get("metadata");
        }

        Map<String, Object> object() {
            return Json.child(body, "metadata");
        }

        String operation() {
            return Json.text(body, "operation", "");
        }

        String raw() {
            return Json.text(body, "raw", "");
        }
    }

    Answer get(String target) {
        return send("GET", target, Map.of(), null);
    }

    Answer delete(String target) {
        return send("DELETE", target, Map.of(), null);
    }

    Answer send(String method, String target, Map<String, Object> json) {
        return send(method, target, Map.of(), HttpBody.of("application/json", Json.bytes(json)));
    }

    /** Sends and, if the answer is an operation, waits for its end: the answer of the wait. */
    Answer carryOut(String method, String target, @Nullable Map<String, Object> json) {
        return await(json == null ? send(method, target, Map.of(), null) : send(method, target, json));
    }

    Answer await(Answer answer) {
        return answer.operation().isEmpty() ? answer : get(answer.operation() + "/wait?timeout=30");
    }

    Answer send(String method, String target, Map<String, String> headers, @Nullable HttpBody body) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (HttpReply reply = transport.exchange(new HttpCall(method, target, headers, body), deadline)) {
            String text = new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
            boolean json = String.valueOf(reply.header("Content-Type")).startsWith("application/json");
            Map<String, Object> object =
                    json ? Json.object(text.getBytes(StandardCharsets.UTF_8)) : JsonObject.of("raw", text);
            return new Answer(reply.status(), object, headers(reply));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + target, e);
        }
    }

    private static Map<String, String> headers(HttpReply reply) {
        Map<String, String> headers = new TreeMap<>();
        for (String prefix : new String[] {"X-LXD-", "X-Incus-"}) {
            for (String name : new String[] {"uid", "gid", "mode", "type"}) {
                String value = reply.header(prefix + name);
                if (value != null) {
                    headers.put(name, value);
                }
            }
        }
        String etag = reply.header("ETag");
        if (etag != null) {
            headers.put("ETag", etag);
        }
        return headers;
    }

    @Override
    public void close() {
        transport.close();
    }
}
