package io.boshcpi.lxd.client;

import io.boshcpi.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The envelope that every JSON answer comes in. Whether a call failed stands in {@code type}, not in the HTTP status: Incus
 * answers a failed wait with status 200.
 *
 * @param status the envelope's {@code error_code} if it has one, else the HTTP status
 * @param type {@code "sync"}, {@code "async"} or {@code "error"}
 * @param metadata the answer proper
 * @param operation the URL of the background operation, empty if there is none
 * @param error the server's words about a failure
 * @param etag the object's version, empty if the server sent none
 */
record ApiReply(int status, String type, @Nullable Object metadata, String operation, String error, String etag) {
    static ApiReply of(int httpStatus, Map<String, ?> envelope, @Nullable String etag) {
        int code = envelope.get("error_code") instanceof Number number ? number.intValue() : 0;
        return new ApiReply(
                code == 0 ? httpStatus : code,
                text(envelope, "type"),
                envelope.get("metadata"),
                text(envelope, "operation"),
                text(envelope, "error"),
                etag == null ? "" : etag);
    }

    boolean isError() {
        return type.equals("error");
    }

    boolean isAsync() {
        return type.equals("async");
    }

    boolean isEnvelope() {
        return type.equals("sync") || isAsync() || isError();
    }

    Map<String, ?> object() {
        return Json.members(metadata);
    }

    List<?> list() {
        return metadata instanceof List<?> list ? list : List.of();
    }

    private static String text(Map<String, ?> envelope, String key) {
        return envelope.get(key) instanceof String text ? text : "";
    }
}
