package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One reply; the factories write the envelope that LXD and Incus share. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Reply(int status, String contentType, Map<String, String> headers, byte[] body) {

    static Reply sync(@Nullable Object metadata) {
        return envelope(200, "sync", "Success", "", 0, "", metadata);
    }

    static Reply done() {
        return sync(Map.of());
    }

    static Reply created() {
        return envelope(201, "sync", "Success", "", 0, "", null);
    }

    static Reply async(String operation, JsonObject metadata) {
        return envelope(202, "async", "Operation created", operation, 0, "", metadata);
    }

    public static Reply error(ApiError error) {
        return errorInBody(error.code(), error);
    }

    /** An error that only the body tells, as Incus answers a wait for a failed operation. */
    static Reply errorInBody(int status, ApiError error) {
        return envelope(status, "error", "", "", error.code(), error.text(), null);
    }

    static Reply raw(byte[] body) {
        return new Reply(200, "application/octet-stream", Map.of(), body);
    }

    private static Reply envelope(
            int http,
            String type,
            String status,
            String operation,
            int errorCode,
            String error,
            @Nullable Object metadata) {
        JsonObject body = JsonObject.of("type", type)
                .and("status", status)
                .and("operation", operation)
                .and("error_code", errorCode)
                .and("error", error)
                .and("metadata", metadata);
        return new Reply(http, "application/json", Map.of(), Json.bytes(body));
    }

    Reply with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Reply(status, contentType, all, body);
    }

    Reply etag(String etag) {
        return with("Etag", "\"" + etag + "\"");
    }
}
