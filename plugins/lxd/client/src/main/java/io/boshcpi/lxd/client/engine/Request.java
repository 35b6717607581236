package io.boshcpi.lxd.client.engine;

import io.boshcpi.json.Json;
import io.boshcpi.lxd.client.transport.HttpBody;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request, before the project is added to it.
 *
 * @param repeatable whether the request may be sent again when its answer was lost, since twice has the same effect as
 *     once
 */
public record Request(
        String method,
        Url url,
        Map<String, String> headers,
        @Nullable HttpBody body,
        boolean repeatable) {
    /** Reads something. */
    public static Request get(Url url) {
        return new Request("GET", url, Map.of(), null, true);
    }

    /** Deletes something. */
    static Request delete(Url url) {
        return new Request("DELETE", url, Map.of(), null, true);
    }

    /** Replaces something as a whole. */
    public static Request put(Url url, Map<String, ?> body) {
        return new Request("PUT", url, Map.of(), json(body), true);
    }

    /** Merges something into an object. */
    public static Request patch(Url url, Map<String, ?> body) {
        return new Request("PATCH", url, Map.of(), json(body), true);
    }

    /** Creates something, or triggers something. */
    public static Request post(Url url, Map<String, ?> body) {
        return new Request("POST", url, Map.of(), json(body), false);
    }

    /** The same, refused by the server if the object is no longer of that version. */
    public Request ifMatch(String version) {
        return version.isEmpty() ? this : new Request(method, url, Map.of("If-Match", version), body, repeatable);
    }

    /** The same, sent once and no more. */
    public Request once() {
        return new Request(method, url, headers, body, false);
    }

    /** Method and path without the query, hence without secrets. */
    public String name() {
        return method + ' ' + url.path();
    }

    private static HttpBody json(Map<String, ?> body) {
        return HttpBody.of("application/json", Json.writeBytes(body));
    }
}
