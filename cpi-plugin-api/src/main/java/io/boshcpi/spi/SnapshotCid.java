package io.boshcpi.spi;

import org.apiguardian.api.API;

/**
 * The cloud ID of a disk's snapshot. It must name the disk: {@code delete_snapshot} gets nothing else.
 *
 * @param value 1 to 255 letters, digits and {@code . _ : + -}, beginning with a letter or a digit
 */
@API(status = API.Status.STABLE, since = "1.0")
public record SnapshotCid(String value) {
    /** Refuses an empty or malformed value with {@link ErrorType#CPI_ERROR}. */
    public SnapshotCid {
        Identifiers.check("snapshot CID", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
