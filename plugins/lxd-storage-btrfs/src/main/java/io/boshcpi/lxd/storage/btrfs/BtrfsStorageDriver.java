package io.boshcpi.lxd.storage.btrfs;

import io.boshcpi.lxd.spi.StorageCapabilities;
import io.boshcpi.lxd.spi.StorageDriver;
import java.util.Set;
import org.pf4j.Extension;

/**
 * Storage pools on btrfs.
 *
 * <p>A volume is a subvolume with a quota group: it cannot outgrow its size, although {@code df} in the guest shows the
 * whole pool. The server does not refuse to shrink a volume below what it holds, so the provider never asks for that.
 */
@Extension
public final class BtrfsStorageDriver implements StorageDriver {
    @Override
    public String name() {
        return "btrfs";
    }

    @Override
    public StorageCapabilities capabilities() {
        return new StorageCapabilities(true, true, true, false);
    }

    @Override
    public Set<String> options() {
        return Set.of(
                "security.shifted", "security.unmapped", "snapshots.expiry", "snapshots.pattern", "snapshots.schedule");
    }
}
