package io.boshcpi.distribution.training;

import io.boshcpi.core.rpc.Documents;
import io.boshcpi.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a training: every method once, in the order of a VM's life, and failures of each kind.
 *
 * <p>A line of a script is a JSON object with {@code method} and {@code arguments}; with {@code result}, the name under
 * which later arguments find what the call returns, as in <code>"${vm}"</code>; with {@code fails} if the call must
 * fail. Of a list, the result is the first element.
 */
final class Script {
    /** Makes a call. */
    interface Cpi {
        /** The response to a request. */
        String call(String method, String request) throws IOException;
    }

    private static final Map<String, String> CONTEXT =
            Map.of("director_uuid", "1f4a0ac2-7c5e-4c4b-8f0c-5f8f7a8c7b11", "request_id", "cpi-1");

    private final List<Map<?, ?>> calls = new ArrayList<>();

    Script(List<String> lines) {
        for (String line : lines) {
            calls.add((Map<?, ?>)
                    Objects.requireNonNull(Documents.read("A call", line.getBytes(StandardCharsets.UTF_8))));
        }
    }

    /** Makes all calls; ends at the first whose outcome is not the expected one. */
    void play(Map<String, String> variables, Cpi cpi) throws IOException {
        Map<String, Object> known = new LinkedHashMap<>(variables);
        for (Map<?, ?> call : calls) {
            String method = String.valueOf(call.get("method"));
            Map<String, @Nullable Object> request = new LinkedHashMap<>();
            request.put("method", method);
            request.put("arguments", resolved(call.get("arguments"), known));
            request.put("context", CONTEXT);
            request.put("api_version", 2);
            Object result = result(call, cpi.call(method, Json.write(request)));
            if (call.get("result") instanceof String name) {
                known.put(name, result);
            }
        }
    }

    private static Object result(Map<?, ?> call, String response) {
        Map<?, ?> answer = (Map<?, ?>)
                Objects.requireNonNull(Documents.read("A response", response.getBytes(StandardCharsets.UTF_8)));
        boolean mustFail = Boolean.TRUE.equals(call.get("fails"));
        if ((answer.get("error") != null) != mustFail) {
            throw new IllegalStateException(call + (mustFail ? " must fail: " : " failed: ") + response);
        }
        Object result = answer.get("result");
        return result instanceof List<?> list ? list.get(0) : String.valueOf(result);
    }

    /** The value with variables in place of their names. */
    static @Nullable Object resolved(@Nullable Object value, Map<String, ?> variables) {
        if (value instanceof String text && text.startsWith("${")) {
            String name = text.substring(2, text.length() - 1);
            return Objects.requireNonNull(variables.get(name), text + " is not known");
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(resolved(element, variables)));
            return copy;
        } else if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, element) -> copy.put(String.valueOf(key), resolved(element, variables)));
            return copy;
        }
        return value;
    }
}
