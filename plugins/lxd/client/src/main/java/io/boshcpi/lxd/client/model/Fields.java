package io.boshcpi.lxd.client.model;

import io.boshcpi.json.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads fields of a JSON object that another version of the server may leave out, or send as null: then they are empty,
 * because a client that stops at a field it does not need is of no use.
 */
final class Fields {
    private final Map<String, ?> json;

    Fields(Map<String, ?> json) {
        this.json = json;
    }

    String text(String key) {
        Object value = json.get(key);
        return value == null ? "" : value.toString();
    }

    boolean flag(String key) {
        return Boolean.TRUE.equals(json.get(key));
    }

    long number(String key) {
        return json.get(key) instanceof Number number ? number.longValue() : 0;
    }

    Fields object(String key) {
        return new Fields(Json.members(json.get(key)));
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Object element : asList(json.get(key))) {
            texts.add(String.valueOf(element));
        }
        return Collections.unmodifiableList(texts);
    }

    Map<String, String> config(String key) {
        return asConfig(json.get(key));
    }

    /** A map of maps, such as an instance's devices. */
    Map<String, Map<String, String>> configs(String key) {
        Map<String, Map<String, String>> configs = new LinkedHashMap<>();
        for (Map.Entry<String, ?> entry : Json.members(json.get(key)).entrySet()) {
            configs.put(entry.getKey(), asConfig(entry.getValue()));
        }
        return Collections.unmodifiableMap(configs);
    }

    List<Map<String, ?>> objects(String key) {
        List<Map<String, ?>> objects = new ArrayList<>();
        for (Object element : asList(json.get(key))) {
            objects.add(Json.members(element));
        }
        return objects;
    }

    Map<String, ?> members(String key) {
        return Json.members(json.get(key));
    }

    private static List<?> asList(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static Map<String, String> asConfig(@Nullable Object value) {
        Map<String, String> config = new LinkedHashMap<>();
        for (Map.Entry<String, ?> entry : Json.members(value).entrySet()) {
            Object member = entry.getValue();
            config.put(entry.getKey(), member == null ? "" : member.toString());
        }
        return Collections.unmodifiableMap(config);
    }
}
