package io.boshcpi.spi;

import org.apiguardian.api.API;

/**
 * The cloud ID of a VM, minted by {@code create_vm}; never given twice.
 *
 * @param value 1 to 255 letters, digits and {@code . _ : + -}, beginning with a letter or a digit
 */
@API(status = API.Status.STABLE, since = "1.0")
public record VmCid(String value) {
    /** Refuses an empty or malformed value with {@link ErrorType#CPI_ERROR}. */
    public VmCid {
        Identifiers.check("VM CID", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
