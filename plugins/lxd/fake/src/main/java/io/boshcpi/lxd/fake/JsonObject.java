package io.boshcpi.lxd.fake;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** A JSON object that is written down key by key, and keeps that order. */
final class JsonObject extends LinkedHashMap<String, Object> {
    private static final long serialVersionUID = 1L;

    static JsonObject of(String key, @Nullable Object value) {
        return new JsonObject().and(key, value);
    }

    JsonObject and(String key, @Nullable Object value) {
        put(key, value);
        return this;
    }
}
