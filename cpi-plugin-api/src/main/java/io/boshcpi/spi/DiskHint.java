package io.boshcpi.spi;

import org.apiguardian.api.API;

/**
 * How the agent finds an attached disk: the answer of {@code attach_disk}. The agent keeps it, so it must stay true
 * over reboots and while other disks come and go.
 *
 * @param path a path in the guest
 */
@API(status = API.Status.STABLE, since = "1.0")
public record DiskHint(String path) {
    /** Refuses an empty path: the Director would fail the task after the disk is already attached. */
    public DiskHint {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("A disk hint is never empty");
        }
    }
}
