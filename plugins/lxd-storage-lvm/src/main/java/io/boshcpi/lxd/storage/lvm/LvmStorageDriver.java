package io.boshcpi.lxd.storage.lvm;

import io.boshcpi.lxd.spi.StorageCapabilities;
import io.boshcpi.lxd.spi.StorageDriver;
import java.util.Set;
import org.pf4j.Extension;

/**
 * Storage pools on LVM.
 *
 * <p>A volume is a logical volume with a file system ({@code block.filesystem}: {@code ext4}, {@code xfs} or {@code
 * btrfs}). ext4 and xfs grow while they are mounted; a file system is never made smaller here.
 */
@Extension
public final class LvmStorageDriver implements StorageDriver {
    @Override
    public String name() {
        return "lvm";
    }

    @Override
    public StorageCapabilities capabilities() {
        return new StorageCapabilities(true, true, false, false);
    }

    @Override
    public Set<String> options() {
        return Set.of(
                "block.filesystem",
                "block.mount_options",
                "lvm.stripes",
                "lvm.stripes.size",
                "security.shifted",
                "security.unmapped",
                "snapshots.expiry",
                "snapshots.pattern",
                "snapshots.schedule");
    }
}
