package io.boshcpi.conformance.wire;

import io.boshcpi.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is written to a CPI's stdin.
 *
 * @param method the method's name; empty if there is none
 * @param arguments the positional arguments
 * @param text the document as it is sent, or something that is no request at all
 */
public record Request(String method, List<? extends @Nullable Object> arguments, String text) {
    /**
     * A well-formed request, on one line without an end of line, as the Director writes it.
     *
     * @param apiVersion the negotiated version; {@code null} on the Director's {@code info}
     */
    public static Request of(
            String method,
            List<? extends @Nullable Object> arguments,
            Map<String, ? extends @Nullable Object> context,
            @Nullable Integer apiVersion) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("method", method);
        document.put("arguments", arguments);
        document.put("context", context);
        if (apiVersion != null) {
            document.put("api_version", apiVersion);
        }
        return new Request(method, arguments, Json.write(document));
    }

    /** A text that need not be a request. */
    public static Request raw(String text) {
        return new Request("", List.of(), text);
    }

    /** The same request with one part of its text replaced, for documents that no value can stand for. */
    public Request with(String part, String replacement) {
        return new Request(method, arguments, text.replace(part, replacement));
    }
}
