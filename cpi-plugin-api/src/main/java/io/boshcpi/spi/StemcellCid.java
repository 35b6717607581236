package io.boshcpi.spi;

import org.apiguardian.api.API;

/**
 * The cloud ID of a stemcell, minted by {@code create_stemcell}.
 *
 * @param value 1 to 255 letters, digits and {@code . _ : + -}, beginning with a letter or a digit
 */
@API(status = API.Status.STABLE, since = "1.0")
public record StemcellCid(String value) {
    /** Refuses an empty or malformed value with {@link ErrorType#CPI_ERROR}. */
    public StemcellCid {
        Identifiers.check("stemcell CID", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
