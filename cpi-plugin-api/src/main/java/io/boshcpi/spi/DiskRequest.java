package io.boshcpi.spi;

import java.util.Optional;
import org.apiguardian.api.API;

/**
 * The disk that {@code create_disk} asks for.
 *
 * @param sizeMib its exact size in MiB, at least 1
 * @param properties the cloud properties of the disk type
 * @param vm the VM that it will be attached to: a hint for the placement
 */
@API(status = API.Status.STABLE, since = "1.0")
public record DiskRequest(long sizeMib, PropertyTree properties, Optional<VmCid> vm) {
    /** Refuses a size below 1 MiB. */
    public DiskRequest {
        if (sizeMib < 1) {
            throw CpiException.badRequest("The disk size is " + sizeMib + " MiB; at least 1 MiB is needed");
        }
    }
}
