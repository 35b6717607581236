package io.boshcpi.lxd.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.jr.ob.JSON;
import com.fasterxml.jackson.jr.ob.JSONObjectException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as plain maps, lists, strings, numbers, booleans and null. */
final class Json {
    private static final JSON JR = JSON.std
            .with(JSON.Feature.WRITE_NULL_PROPERTIES, JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS)
            .without(JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS);

    private Json() {}

    /**
     * Reads the stream, which holds one object and nothing else, to its end.
     *
     * @throws JsonProcessingException if it holds anything else
     */
    static Map<String, Object> object(InputStream in) throws IOException {
        try (JsonParser parser = JR.createParser(in)) {
            Map<String, Object> object = JR.mapFrom(parser);
            if (object == null || parser.nextToken() != null) {
                throw new JSONObjectException("something else than one JSON object");
            }
            return object;
        }
    }

    static byte[] bytes(Map<String, ?> json) {
        try {
            return JR.asBytes(json);
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("unchecked") // the keys of a JSON object are strings
    static Map<String, ?> asObject(@Nullable Object json) {
        return json instanceof Map<?, ?> map ? (Map<String, ?>) map : Map.of();
    }
}
