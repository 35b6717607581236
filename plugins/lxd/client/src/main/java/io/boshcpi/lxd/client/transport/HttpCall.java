package io.boshcpi.lxd.client.transport;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request.
 *
 * @param method {@code GET}, {@code PUT}, ...
 * @param target path and query, already encoded: {@code /1.0/instances?project=default}
 * @param headers header fields other than those that describe the body
 * @param body what is sent, or null for nothing
 */
public record HttpCall(
        String method,
        String target,
        Map<String, String> headers,
        @Nullable HttpBody body) {
    /** Takes a copy of the headers. */
    public HttpCall {
        headers = Map.copyOf(headers);
    }

    /** A {@code GET} without special headers. */
    public static HttpCall get(String target) {
        return new HttpCall("GET", target, Map.of(), null);
    }

    /** Method and target; headers and body, which may hold secrets, are left out. */
    @Override
    public String toString() {
        return method + " " + target;
    }
}
