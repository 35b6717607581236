package io.boshcpi.spi;

import org.apiguardian.api.API;

/**
 * A configuration value that must not be shown: a key, a password, a URL that may hold one.
 *
 * <p>The host redacts the value in every log line and error message.
 *
 * @param value the value itself, for use and not for show
 */
@API(status = API.Status.STABLE, since = "1.0")
public record Secret(String value) {
    /** Never the value. */
    @Override
    public String toString() {
        return "<redacted>";
    }
}
