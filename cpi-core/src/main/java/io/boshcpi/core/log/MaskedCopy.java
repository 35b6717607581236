package io.boshcpi.core.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a request's JSON for the log, masked by place: whatever stands under a {@link SecretKeys key that names a
 * secret} is left out, whatever it looks like. The request itself is never changed.
 */
public final class MaskedCopy {
    private MaskedCopy() {}

    /** The copy of a value that stands at a place without secrets. */
    public static @Nullable Object of(@Nullable Object value) {
        if (value instanceof Map<?, ?> hash) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : hash.entrySet()) {
                String key = String.valueOf(entry.getKey());
                copy.put(key, SecretKeys.contain(key) ? masked(entry.getValue()) : of(entry.getValue()));
            }
            return copy;
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            for (Object element : list) {
                copy.add(of(element));
            }
            return copy;
        }
        return value;
    }

    /** That a value is absent or a boolean is no secret, and may explain a failure. */
    private static @Nullable Object masked(@Nullable Object value) {
        return value == null || value instanceof Boolean ? value : Redactor.REDACTED;
    }
}
