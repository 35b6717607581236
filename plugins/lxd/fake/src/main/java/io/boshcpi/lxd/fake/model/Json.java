package io.boshcpi.lxd.fake.model;

import io.boshcpi.json.MalformedJsonException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON as plain maps and lists, with the errors of a Go server for what does not fit. */
public final class Json {
    private Json() {}

    public static byte[] bytes(@Nullable Object value) {
        return io.boshcpi.json.Json.writeBytes(value);
    }

    @SuppressWarnings("NullAway") // Readers ask what the values are.
    public static Map<String, Object> object(byte[] body) {
        try {
            return io.boshcpi.json.Json.readObject(body);
        } catch (MalformedJsonException e) {
            throw ApiError.badRequest("invalid character in JSON: it " + e.getMessage());
        }
    }

    public static String text(Map<String, Object> object, String key, String otherwise) {
        return object.get(key) instanceof String text ? text : otherwise;
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> child(Map<String, Object> object, String key) {
        return object.get(key) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    public static List<String> texts(Map<String, Object> object, String key) {
        List<String> texts = new ArrayList<>();
        if (object.get(key) instanceof List<?> list) {
            list.forEach(item -> texts.add(String.valueOf(item)));
        }
        return texts;
    }

    /** An object of strings such as {@code config}: the servers take nothing but strings there. */
    public static Map<String, String> strings(Map<String, Object> object, String key) {
        Map<String, String> strings = new TreeMap<>();
        child(object, key).forEach((name, value) -> {
            if (!(value instanceof String text)) {
                throw ApiError.badRequest(
                        "json: cannot unmarshal number into Go struct field InstancePut." + key + " of type string");
            }
            strings.put(name, text);
        });
        return strings;
    }

    public static Map<String, Map<String, String>> devices(Map<String, Object> object) {
        Map<String, Object> all = child(object, "devices");
        Map<String, Map<String, String>> devices = new TreeMap<>();
        all.keySet().forEach(name -> devices.put(name, strings(all, name)));
        return devices;
    }

    /** The changes over what is there, as PATCH makes them; an empty value removes its key. */
    public static Map<String, String> merged(Map<String, String> present, Map<String, String> changes) {
        Map<String, String> merged = new TreeMap<>(present);
        merged.putAll(changes);
        merged.values().removeIf(String::isEmpty);
        return merged;
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The ETag, without quotes, of an object whose editable parts are these. */
    public static String etag(Object... parts) {
        return HexFormat.of().formatHex(sha256().digest(bytes(Arrays.asList(parts))));
    }
}
