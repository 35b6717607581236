package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One reply; the factories write the envelope that LXD and Incus share. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Reply(int status, Map<String, String> headers, byte[] body) {

    public static Reply sync(@Nullable Object metadata) {
        return envelope(200, "sync", "Success", 200, "", 0, "", metadata);
    }

    public static Reply done() {
        return sync(Map.of());
    }

    public static Reply created(String location) {
        return envelope(201, "sync", "Success", 200, "", 0, "", null).with("Location", location);
    }

    public static Reply async(String operation, Map<String, Object> metadata) {
        return envelope(202, "async", "Operation created", 100, operation, 0, "", metadata)
                .with("Location", operation);
    }

    public static Reply error(ApiError error) {
        return errorInBody(error.code(), error).with("X-Content-Type-Options", "nosniff");
    }

    /** An error that only the body tells, as Incus answers a wait for a failed operation. */
    public static Reply errorInBody(int status, ApiError error) {
        return envelope(status, "error", "", 0, "", error.code(), error.text(), null);
    }

    public static Reply raw(byte[] body) {
        return new Reply(200, Map.of("Content-Type", "application/octet-stream"), body);
    }

    private static Reply envelope(
            int http,
            String type,
            String status,
            int code,
            String operation,
            int errorCode,
            String error,
            @Nullable Object metadata) {
        Map<String, Object> body = JsonObject.of("type", type)
                .and("status", status)
                .and("status_code", code)
                .and("operation", operation)
                .and("error_code", errorCode)
                .and("error", error)
                .and("metadata", metadata);
        return new Reply(http, Map.of("Content-Type", "application/json"), Json.bytes(body));
    }

    public Reply with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Reply(status, all, body);
    }

    public Reply etag(String etag) {
        return with("Etag", "\"" + etag + "\"");
    }
}
