package io.boshcpi.core.resident;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The greeting of a launcher.
 *
 * @param build the content of the launcher's build file
 * @param home the distribution's folder, without symbolic links
 * @param configuration the configuration file, without symbolic links
 * @param state which state of that file the launcher sees, as {@link FileState} writes it
 * @param folder the working directory
 * @param size of the request that follows
 */
record Greeting(String build, String home, String configuration, String state, String folder, RequestSize size) {
    private static final int FIELDS = 6;

    /** Parses the fields; {@code null} if they are malformed. */
    static @Nullable Greeting parse(byte[] bytes, int offset, int length) {
        List<String> fields = fields(bytes, offset, length);
        RequestSize size = fields.size() == FIELDS ? RequestSize.parse(fields.get(FIELDS - 1)) : null;
        return size == null
                ? null
                : new Greeting(fields.get(0), fields.get(1), fields.get(2), fields.get(3), fields.get(4), size);
    }

    /** The fields, each of which a NUL ends; none if the last one has no end. */
    static List<String> fields(byte[] bytes, int offset, int length) {
        List<String> fields = new ArrayList<>(FIELDS);
        int start = offset;
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == 0) {
                fields.add(new String(bytes, start, i - start, StandardCharsets.UTF_8));
                start = i + 1;
            }
        }
        return start == offset + length ? fields : List.of();
    }
}
