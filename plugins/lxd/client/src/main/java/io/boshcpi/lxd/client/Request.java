package io.boshcpi.lxd.client;

import io.boshcpi.json.Json;
import io.boshcpi.lxd.client.transport.HttpBody;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request, before the project is added to it.
 *
 * @param repeatable whether it may be sent again when its answer got lost: true if twice has the same effect as once
 */
record Request(
        String method,
        Url url,
        Map<String, String> headers,
        @Nullable HttpBody body,
        boolean repeatable) {
    static Request get(Url url) {
        return new Request("GET", url, Map.of(), null, true);
    }

    static Request delete(Url url) {
        return new Request("DELETE", url, Map.of(), null, true);
    }

    /** Replaces something as a whole. */
    static Request put(Url url, Map<String, ?> body) {
        return new Request("PUT", url, Map.of(), json(body), true);
    }

    /** Merges something into an object. */
    static Request patch(Url url, Map<String, ?> body) {
        return new Request("PATCH", url, Map.of(), json(body), true);
    }

    /** Makes something, or sets something off. */
    static Request post(Url url, Map<String, ?> body) {
        return new Request("POST", url, Map.of(), json(body), false);
    }

    /** The same, refused by the server if the object is no longer of that version. */
    Request ifMatch(String version) {
        return version.isEmpty() ? this : new Request(method, url, Map.of("If-Match", version), body, repeatable);
    }

    /** The same, sent once and no more. */
    Request once() {
        return new Request(method, url, headers, body, false);
    }

    /** Method and path without the query: what may be told to anyone. */
    String name() {
        return method + ' ' + url.path();
    }

    private static HttpBody json(Map<String, ?> body) {
        return HttpBody.of("application/json", Json.writeBytes(body));
    }
}
