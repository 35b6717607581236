package io.boshcpi.lxd.fake.model;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** A JSON object that is written down key by key, and keeps that order. */
public final class JsonObject extends LinkedHashMap<String, Object> {
    private static final long serialVersionUID = 1L;

    public static JsonObject of(String key, @Nullable Object value) {
        return new JsonObject().and(key, value);
    }

    public JsonObject and(String key, @Nullable Object value) {
        put(key, value);
        return this;
    }
}
