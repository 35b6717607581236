package io.boshcpi.lxd.provider;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON documents that go into or come out of a guest. */
final class Json {
    private static final JSON JSON_WITH_NULLS = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);

    private Json() {}

    static byte[] bytes(Map<String, @Nullable Object> document) {
        try {
            return JSON_WITH_NULLS.asBytes(document);
        } catch (IOException e) {
            throw new UncheckedIOException("A document of plain values can always be written", e);
        }
    }

    /**
     * Reads an object.
     *
     * @throws IOException if the text is none
     */
    static Map<String, Object> object(String text) throws IOException {
        return JSON_WITH_NULLS.mapFrom(text);
    }
}
