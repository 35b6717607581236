package io.boshcpi.lxd.client;

import com.fasterxml.jackson.jr.ob.JSON;
import io.boshcpi.lxd.client.transport.HttpBody;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** JSON as plain maps, lists, strings, numbers, booleans and null. */
final class Json {
    private static final JSON JR = JSON.std
            .with(JSON.Feature.WRITE_NULL_PROPERTIES, JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS)
            .without(JSON.Feature.FAIL_ON_DUPLICATE_MAP_KEYS);

    private Json() {}

    /** Reads one object and makes sure that nothing but white space follows it. */
    static Map<String, Object> object(InputStream in) throws IOException {
        return JR.mapFrom(in);
    }

    static HttpBody body(Map<String, ?> json) throws IOException {
        return HttpBody.of("application/json", JR.asBytes(json));
    }
}
