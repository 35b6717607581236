package io.boshcpi.spi;

import org.apiguardian.api.API;

/**
 * The cloud ID of a network, minted by {@code create_network}.
 *
 * @param value 1 to 255 letters, digits and {@code . _ : + -}, beginning with a letter or a digit
 */
@API(status = API.Status.STABLE, since = "1.0")
public record NetworkCid(String value) {
    /** Refuses an empty or malformed value with {@link ErrorType#CPI_ERROR}. */
    public NetworkCid {
        Identifiers.check("network CID", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
