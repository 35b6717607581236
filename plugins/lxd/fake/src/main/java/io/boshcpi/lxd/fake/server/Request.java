package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request as the handlers see it.
 *
 * @param path decoded, without the query
 * @param names the parts of the path that the route's template names
 * @param headers by lower-case name
 */
public record Request(
        String method,
        String path,
        Matcher names,
        Map<String, String> query,
        Map<String, String> headers,
        Peer peer,
        InputStream body) {
    private static final Matcher NO_NAMES = Pattern.compile("").matcher("");

    /** A request that no route has matched yet. */
    public Request(
            String method,
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            Peer peer,
            InputStream body) {
        this(method, path, NO_NAMES, query, headers, peer, body);
    }

    String name(String key) {
        return names.group(key);
    }

    String project() {
        return query.getOrDefault("project", "default");
    }

    String header(String name, String otherwise) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), otherwise);
    }

    /** What is left of the body. */
    byte[] bytes() {
        try {
            return body.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, Object> json() {
        return Json.object(bytes());
    }

    /** Refuses with 412 if the client named another state of the object. */
    void checkEtag(String etag) {
        String wanted = header("If-Match", etag).replace("\"", "");
        if (!wanted.equals(etag)) {
            throw new ApiError(412, "ETag doesn't match: " + etag + " vs " + wanted);
        }
    }

    /** The same request, as the route that it matches hands it on. */
    Request matched(Matcher named, InputStream toRead) {
        return new Request(method, path, named, query, headers, peer, toRead);
    }
}
