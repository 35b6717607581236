package io.boshcpi.conformance.wire;

import io.boshcpi.json.Json;
import io.boshcpi.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer on stdout. Reading it is strict about what is said of it and lenient about what is taken from it: a banner
 * before the document is a flaw, told once, and no reason to learn nothing else of the CPI.
 */
public final class Answer {
    private final @Nullable Map<String, @Nullable Object> document;
    private final @Nullable String flaw;

    private Answer(@Nullable Map<String, @Nullable Object> document, @Nullable String flaw) {
        this.document = document;
        this.flaw = flaw;
    }

    /** Reads stdout. */
    static Answer of(byte[] stdout) {
        try {
            return new Answer(Json.readObject(stdout), null);
        } catch (MalformedJsonException e) {
            return new Answer(firstObject(new String(stdout, StandardCharsets.UTF_8)), "stdout " + e.getMessage());
        }
    }

    /** The first object that stands in a text. */
    private static @Nullable Map<String, @Nullable Object> firstObject(String text) {
        int start = text.indexOf('{');
        int end = start < 0 ? -1 : endOfObject(text, start);
        if (end < 0) {
            return null;
        }
        try {
            return Json.readObject(text.substring(start, end).getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException e) {
            return null;
        }
    }

    private static int endOfObject(String text, int start) {
        int depth = 0;
        boolean quoted = false;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '{') {
                depth++;
            } else if (!quoted && c == '}' && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    /** Why stdout is not exactly one JSON object. */
    public Optional<String> flaw() {
        return Optional.ofNullable(flaw);
    }

    /** The object on stdout, if one could be found at all. */
    public Optional<Map<String, @Nullable Object>> document() {
        return Optional.ofNullable(document);
    }

    /** The result; {@code null} also if there is none. */
    public @Nullable Object result() {
        return document == null ? null : document.get("result");
    }

    /** The error. */
    public Optional<CpiError> error() {
        Object error = document == null ? null : document.get("error");
        if (error == null) {
            return Optional.empty();
        }
        Map<String, ?> members = Json.members(error);
        return Optional.of(new CpiError(
                members.get("type") instanceof String type ? type : "",
                members.get("message") instanceof String message ? message : "",
                Boolean.TRUE.equals(members.get("ok_to_retry"))));
    }
}
