package io.boshcpi.lxd.storage.zfs;

import io.boshcpi.lxd.spi.StorageCapabilities;
import io.boshcpi.lxd.spi.StorageDriver;
import java.util.Set;
import org.pf4j.Extension;

/**
 * Storage pools on ZFS.
 *
 * <p>A volume is a dataset with a quota, or with {@code zfs.block_mode} a block device of the pool that the server
 * formats ({@code block.filesystem}). The quota holds for the volume and its snapshots together, unless {@code
 * zfs.use_refquota} is set: then snapshots do not eat up the disk.
 */
@Extension
public final class ZfsStorageDriver implements StorageDriver {
    @Override
    public String name() {
        return "zfs";
    }

    @Override
    public StorageCapabilities capabilities() {
        return new StorageCapabilities(true, true, true, false);
    }

    @Override
    public Set<String> options() {
        return Set.of(
                "block.filesystem",
                "block.mount_options",
                "security.shifted",
                "security.unmapped",
                "snapshots.expiry",
                "snapshots.pattern",
                "snapshots.schedule",
                "zfs.block_mode",
                "zfs.blocksize",
                "zfs.delegate",
                "zfs.remove_snapshots",
                "zfs.reserve_space",
                "zfs.use_refquota");
    }
}
