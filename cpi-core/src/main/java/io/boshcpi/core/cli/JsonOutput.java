package io.boshcpi.core.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;

/**
 * Writes what {@code --json} prints: a record's component {@code madeAt} becomes the key {@code made_at}, and an absent
 * value is {@code null}.
 *
 * <p>This uses jackson-databind, which the commands for people can afford to load and a call cannot.
 */
final class JsonOutput {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

    private JsonOutput() {}

    /** The value as one line of JSON. */
    static String of(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A value of " + value.getClass() + " cannot be written as JSON", e);
        }
    }
}
