package io.boshcpi.core.resident;

import io.boshcpi.core.status.StatusFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question for the host's status.
 *
 * @param format the form of the answer
 * @param greeting whose calls the host is to judge; it has no request
 */
record StatusRequest(StatusFormat format, Greeting greeting) {
    private static final int FIELDS = 5;

    /** Parses the fields; {@code null} if they are malformed. */
    static @Nullable StatusRequest parse(byte[] bytes, int offset, int length) {
        List<String> fields = Greeting.fields(bytes, offset, length);
        StatusFormat format = fields.size() == FIELDS ? StatusFormat.named(fields.get(0)) : null;
        return format == null
                ? null
                : new StatusRequest(
                        format,
                        new Greeting(
                                fields.get(1), fields.get(2), fields.get(3), fields.get(4), "", new RequestSize(0, 0)));
    }

    /** The question as it is sent. */
    byte[] toBytes() {
        String fields = String.join(
                        "\0",
                        format.wireName(),
                        greeting.build(),
                        greeting.home(),
                        greeting.configuration(),
                        greeting.state())
                + "\0";
        return Protocol.greeting(Protocol.STATUS_MAGIC, fields.getBytes(StandardCharsets.UTF_8));
    }
}
