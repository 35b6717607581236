package io.boshcpi.distribution.training;

import io.boshcpi.core.rpc.Documents;
import io.boshcpi.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request and its response, as a line of a recording.
 *
 * @param request method and target
 * @param ids the generated IDs in the request's body, if that is JSON
 * @param status the status of the response
 * @param headers the headers of the response that mean something to a client
 * @param body the content of the response
 */
record Exchange(String request, List<String> ids, int status, Map<String, String> headers, String body) {
    /** Headers that belong to one connection or one moment. */
    private static final Set<String> FLEETING =
            Set.of("connection", "content-length", "date", "keep-alive", "server", "transfer-encoding");

    /** The exchange as it was seen on the wire. */
    static Exchange of(HttpMessage request, HttpMessage response, GeneratedIds generated) {
        Map<String, String> headers = new LinkedHashMap<>(response.headers());
        headers.keySet().removeAll(FLEETING);
        return new Exchange(
                request.request(), generated.inBodyOf(request), response.status(), headers, response.text());
    }

    @SuppressWarnings("unchecked") // as toLine() writes it
    static Exchange parse(String line) {
        Map<String, Object> map = (Map<String, Object>)
                Objects.requireNonNull(Documents.read("An exchange", line.getBytes(StandardCharsets.UTF_8)));
        Object body = map.get("body");
        return new Exchange(
                (String) Objects.requireNonNull(map.get("request")),
                (List<String>) map.getOrDefault("ids", List.of()),
                (Integer) Objects.requireNonNull(map.get("status")),
                (Map<String, String>) map.getOrDefault("headers", Map.of()),
                body instanceof String text ? text : Json.write(body));
    }

    /** The exchange as a line. A JSON body is part of it; another is a string. */
    String toLine() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("request", request);
        if (!ids.isEmpty()) {
            map.put("ids", ids);
        }
        map.put("status", status);
        map.put("headers", headers);
        boolean json = headers.getOrDefault("content-type", "").startsWith("application/json");
        map.put("body", json ? Documents.read("A body", body.getBytes(StandardCharsets.UTF_8)) : body);
        return Json.write(map);
    }
}
