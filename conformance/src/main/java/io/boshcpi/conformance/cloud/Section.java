package io.boshcpi.conformance.cloud;

import io.boshcpi.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A hash of the properties file; each error names the key. */
final class Section {
    private final String path;
    private final Map<String, ?> values;

    Section(String path, @Nullable Object value, Set<String> known) {
        if (value != null && !(value instanceof Map)) {
            throw new SettingsException(
                    "In the properties file, " + (path.isEmpty() ? "the document" : path) + " must be a JSON object");
        }
        this.path = path;
        this.values = Json.members(value);
        for (String key : values.keySet()) {
            if (!known.isEmpty() && !known.contains(key)) {
                throw new SettingsException("In the properties file, " + name(key) + " is unknown; known are "
                        + String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    boolean has(String key) {
        return values.get(key) != null;
    }

    Section section(String key, Set<String> known) {
        return new Section(name(key), values.get(key), known);
    }

    /** A hash that the kit does not look into. */
    Map<String, ?> hash(String key) {
        return section(key, Set.of()).values;
    }

    Optional<String> text(String key) {
        Object value = values.get(key);
        if (value != null && !(value instanceof String)) {
            throw wrong(key, "a string");
        }
        return Optional.ofNullable((String) value);
    }

    int number(String key, int otherwise) {
        Object value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof Integer number) || number < 1) {
            throw wrong(key, "a whole number from 1 on");
        }
        return number;
    }

    List<String> texts(String key) {
        Object value = values.get(key);
        if (value != null && !(value instanceof List)) {
            throw wrong(key, "a list of strings");
        }
        List<String> texts = new ArrayList<>();
        for (Object element : value instanceof List<?> list ? list : List.of()) {
            if (!(element instanceof String text)) {
                throw wrong(key, "a list of strings");
            }
            texts.add(text);
        }
        return texts;
    }

    SettingsException wrong(String key, String expected) {
        return new SettingsException("In the properties file, " + name(key) + " must be " + expected);
    }

    private String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
