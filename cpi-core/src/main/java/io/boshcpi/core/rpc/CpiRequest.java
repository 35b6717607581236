package io.boshcpi.core.rpc;

import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Deadline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of a call, checked; unknown keys are ignored, since new versions of BOSH bring new ones.
 *
 * @param method the method's name, as it came
 * @param arguments the positional arguments
 * @param context {@code director_uuid}, {@code request_id}, {@code vm}, and the properties of a CPI config
 * @param id the Director's ID of the request; the CLI sends none, so its calls get one that tells them apart in a log
 * @param apiVersion the negotiated version, 2 or 3. A request without one, or with one that this CPI does not know,
 *     gets the nearest version that it does know; version 1 is never spoken.
 */
public record CpiRequest(
        String method,
        List<@Nullable Object> arguments,
        Map<String, @Nullable Object> context,
        String id,
        int apiVersion) {
    /** The versions of the API that are spoken here. */
    public static final int MIN_API_VERSION = 2;

    public static final int MAX_API_VERSION = 3;

    /** The longest name in the contract has 29 characters. */
    static final int MAX_METHOD_LENGTH = 40;

    /** Reads a request as it stood on stdin. */
    public static CpiRequest parse(byte[] bytes) {
        Object document = Documents.read("The request", bytes);
        if (!(document instanceof Map<?, ?> envelope)) {
            throw CpiException.badRequest("The request is not a JSON object");
        }
        if (!(envelope.get("method") instanceof String method)) {
            throw wrong(envelope, "method", "a string");
        }
        if (!(envelope.get("arguments") instanceof List<?> arguments)) {
            throw wrong(envelope, "arguments", "an array");
        }
        Map<String, @Nullable Object> context = context(envelope);
        return new CpiRequest(method, copy(arguments), context, id(context), apiVersion(envelope));
    }

    private static String id(Map<String, @Nullable Object> context) {
        return context.get("request_id") instanceof String id
                ? id
                : "cli-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    }

    private static Map<String, @Nullable Object> context(Map<?, ?> envelope) {
        Map<String, @Nullable Object> context = new LinkedHashMap<>();
        Object given = envelope.get("context");
        if (given instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                context.put(String.valueOf(entry.getKey()), entry.getValue());
            }
        } else if (given != null) {
            throw wrong(envelope, "context", "an object");
        }
        return context;
    }

    private static int apiVersion(Map<?, ?> envelope) {
        Object given = envelope.get("api_version");
        if (given == null) {
            return MIN_API_VERSION;
        }
        if (!(given instanceof Integer version) || version < 1) {
            throw wrong(envelope, "api_version", "a whole number from 1 on");
        }
        return Math.min(Math.max(version, MIN_API_VERSION), MAX_API_VERSION);
    }

    @SuppressWarnings("unchecked") // What Json read holds nothing but JSON values.
    private static List<@Nullable Object> copy(List<?> arguments) {
        return (List<@Nullable Object>) arguments;
    }

    private static CpiException wrong(Map<?, ?> envelope, String field, String expected) {
        return CpiException.badRequest(
                envelope.get(field) == null
                        ? "The request has no \"" + field + "\""
                        : "The request's \"" + field + "\" is not " + expected);
    }

    /** The caller, and the deadline of the answer. */
    public Call call(Duration timeout) {
        Optional<String> director =
                context.get("director_uuid") instanceof String uuid ? Optional.of(uuid) : Optional.empty();
        return new Call(id, director, Deadline.in(timeout));
    }

    /** The method's name in a form that can be shown: a secret at the wrong place must not come back. */
    public String shownMethod() {
        if (method.isEmpty() || method.length() > MAX_METHOD_LENGTH) {
            return "a method whose name has " + method.length() + " characters";
        }
        for (int i = 0; i < method.length(); i++) {
            char c = method.charAt(i);
            if (c != '_' && (c < 'a' || c > 'z')) {
                return "a method whose name is not made of lower-case letters and underscores";
            }
        }
        return method;
    }

    /** The envelope's facts, without arguments and context. */
    @Override
    public String toString() {
        return shownMethod() + " (API version " + apiVersion + ")";
    }
}
