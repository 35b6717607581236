package io.boshcpi.lxd.provider.server;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads and writes the JSON documents of a guest. */
public final class Json {
    private static final JSON JSON_WITH_NULLS = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private Json() {}

    /** Writes an object, nulls included. */
    public static byte[] bytes(Map<String, @Nullable Object> document) {
        try {
            return JSON_WITH_NULLS.asBytes(document);
        } catch (IOException e) {
            throw new UncheckedIOException("A document of plain values can always be written", e);
        }
    }

    /**
     * Reads an object.
     *
     * @throws IOException if the text is not a JSON object
     */
    public static Map<String, Object> object(String text) throws IOException {
        return JSON_WITH_NULLS.mapFrom(text);
    }
}
