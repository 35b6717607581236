package io.boshcpi.lxd.spi;

import org.apiguardian.api.API;

/** Something that the pools of a storage driver can do. A driver without a capability is never asked to use it. */
@API(status = API.Status.STABLE, since = "1.0")
public enum StorageCapability {
    /** A volume cannot outgrow its size. {@code cpi doctor} warns of pools without this. */
    ENFORCES_SIZE,
    /**
     * A volume can grow while an instance has it attached. Without this, {@code resize_disk} and {@code update_disk} of an
     * attached disk are refused.
     */
    GROWS_IN_USE,
    /**
     * A volume can be made smaller in place, and the server refuses a size below what the volume holds. Without this, BOSH
     * makes a smaller disk and copies the files.
     */
    SHRINKS,
    /**
     * A volume can be copied to a pool of another driver, and from one. Without this on both sides, BOSH copies the files.
     */
    MOVES,
    /** Every member of a cluster reaches the same volumes, so a volume need not be made where its VM is. */
    REMOTE
}
