package io.boshcpi.spi;

import org.apiguardian.api.API;

/**
 * The cloud ID of a persistent disk, minted by {@code create_disk}; never given twice.
 *
 * @param value 1 to 255 letters, digits and {@code . _ : + -}, beginning with a letter or a digit
 */
@API(status = API.Status.STABLE, since = "1.0")
public record DiskCid(String value) {
    /** Refuses an empty or malformed value with {@link ErrorType#CPI_ERROR}. */
    public DiskCid {
        Identifiers.check("disk CID", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
