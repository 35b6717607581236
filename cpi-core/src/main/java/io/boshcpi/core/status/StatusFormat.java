package io.boshcpi.core.status;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A form in which a host tells its status. */
public enum StatusFormat {
    /** Lines for people. */
    TEXT,
    /** One object, whose keys the operator's guide describes. */
    JSON,
    /** The text format of Prometheus, version 0.0.4. */
    PROMETHEUS;

    /** The name in a request. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of that name in a request; {@code null} if there is none. */
    public static @Nullable StatusFormat named(String wireName) {
        for (StatusFormat format : values()) {
            if (format.wireName().equals(wireName)) {
                return format;
            }
        }
        return null;
    }

    /** The status in this format, in UTF-8, with a newline at its end. */
    public byte[] render(HostStatus status) {
        String text = switch (this) {
            case TEXT -> StatusText.of(status);
            case JSON -> StatusJson.of(status);
            case PROMETHEUS -> PrometheusStatus.of(status);
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
