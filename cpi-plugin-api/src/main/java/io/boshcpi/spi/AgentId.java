package io.boshcpi.spi;

import org.apiguardian.api.API;

/**
 * The ID that the agent of a VM reports itself under; new for every VM, the same on an immediate retry.
 *
 * @param value 1 to 255 letters, digits and {@code . _ : + -}, beginning with a letter or a digit
 */
@API(status = API.Status.STABLE, since = "1.0")
public record AgentId(String value) {
    /** Refuses an empty or malformed value with {@link ErrorType#CPI_ERROR}. */
    public AgentId {
        Identifiers.check("agent ID", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
