package io.boshcpi.lxd.client.engine;

import io.boshcpi.json.Json;
import io.boshcpi.json.MalformedJsonException;
import io.boshcpi.lxd.client.failure.Failures;
import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.transport.HttpReply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of every JSON answer. The {@code type} says whether a call failed, not the HTTP status: Incus answers a
 * failed wait with status 200.
 *
 * @param status the envelope's {@code error_code} if it has one, else the HTTP status
 * @param type {@code "sync"}, {@code "async"} or {@code "error"}
 * @param metadata the answer proper
 * @param operation the URL of the background operation, empty if there is none
 * @param error the server's words about a failure
 * @param etag the object's version, empty if the server sent none
 */
public record ApiReply(
        int status, String type, @Nullable Object metadata, String operation, String error, String etag) {
    /**
     * A list of instances takes up to three and a half times its length in memory while it is read. A longer one would end
     * the process instead of the call.
     */
    private static final long MAX_BYTES =
            Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 7 * 2);

    /** Reads the envelope of an answer, and throws what it says if it says that the request failed. */
    public static ApiReply read(Request request, HttpReply reply) throws IOException {
        ApiReply answer;
        try {
            answer = of(
                    reply.status(), Json.readObject(new BoundedStream(reply.body(), MAX_BYTES)), reply.header("ETag"));
        } catch (MalformedJsonException e) {
            throw notUnderstood(request, reply, e);
        } catch (BoundedStream.TooLongException e) {
            throw new LxdException(
                    Kind.PROTOCOL,
                    reply.status(),
                    request.name(),
                    "the answer is longer than " + (MAX_BYTES >> 20)
                            + " MiB, the most that this process has memory for",
                    e);
        }
        if (answer.isError()) {
            throw Failures.of(request.name(), answer.status(), answer.error());
        }
        if (answer.isEnvelope()) {
            return answer;
        }
        throw notUnderstood(request, reply, null);
    }

    private static ApiReply of(int httpStatus, Map<String, ?> envelope, @Nullable String etag) {
        int code = envelope.get("error_code") instanceof Number number ? number.intValue() : 0;
        return new ApiReply(
                code == 0 ? httpStatus : code,
                text(envelope, "type"),
                envelope.get("metadata"),
                text(envelope, "operation"),
                text(envelope, "error"),
                etag == null ? "" : etag);
    }

    private static LxdException notUnderstood(Request request, HttpReply reply, @Nullable Throwable cause) {
        return new LxdException(
                Kind.PROTOCOL,
                reply.status(),
                request.name(),
                "the answer (HTTP " + reply.status() + ") is not one of LXD or Incus",
                cause);
    }

    boolean isError() {
        return type.equals("error");
    }

    /** Whether the request goes on in the background. */
    boolean isAsync() {
        return type.equals("async");
    }

    boolean isEnvelope() {
        return type.equals("sync") || isAsync() || isError();
    }

    /** The metadata as an object; empty if it is none. */
    public Map<String, ?> object() {
        return Json.members(metadata);
    }

    /** The metadata as a list; empty if it is none. */
    public List<?> list() {
        return metadata instanceof List<?> list ? list : List.of();
    }

    private static String text(Map<String, ?> envelope, String key) {
        return envelope.get(key) instanceof String text ? text : "";
    }
}
