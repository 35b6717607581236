package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Json;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request as the handlers see it.
 *
 * @param path decoded, without the query
 * @param names the parts of the path that the route's template names
 * @param headers by lower-case name
 * @param body the whole body, except where the route streams
 * @param stream the body of a route that streams, else empty
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Request(
        String method,
        String path,
        Map<String, String> names,
        Map<String, String> query,
        Map<String, String> headers,
        Peer peer,
        byte[] body,
        InputStream stream) {

    public String name(String key) {
        String value = names.get(key);
        if (value == null) {
            throw new IllegalStateException("the route of " + path + " has no {" + key + "}");
        }
        return value;
    }

    public String project() {
        return query.getOrDefault("project", "default");
    }

    public Map<String, Object> json() {
        return Json.object(body);
    }

    @Nullable
    public String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** Refuses with 412 if the client named another state of the object. */
    public void checkEtag(String etag) {
        String wanted = header("If-Match");
        if (wanted != null && !wanted.replace("\"", "").equals(etag)) {
            throw new ApiError(412, "ETag doesn't match: " + etag + " vs " + wanted.replace("\"", ""));
        }
    }

    public Request withNames(Map<String, String> named) {
        return new Request(method, path, named, query, headers, peer, body, stream);
    }
}
