package io.boshcpi.lxd.storage.zfs;

import io.boshcpi.lxd.spi.StorageCapability;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeOptions;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import java.util.EnumSet;
import java.util.Set;
import org.pf4j.Extension;

/** Storage pools on ZFS. */
@Extension
public final class ZfsStorageDriver implements StorageDriver {
    private static final Options OPTIONS = VolumeOptions.common()
            .and(VolumeOptions.fileSystem())
            .and(
                    Option.bool(
                            "zfs.block_mode", "a block device formatted with `block.filesystem` instead of a dataset"),
                    Option.string("zfs.blocksize", "block size of the dataset, 512 bytes to 16 MiB"),
                    Option.bool("zfs.delegate", "whether the VM may manage the dataset and make others in it"),
                    Option.bool("zfs.remove_snapshots", "whether snapshots that are in the way are removed"),
                    Option.bool("zfs.reserve_space", "whether the whole size is reserved at once"),
                    Option.bool("zfs.use_refquota", "whether the size counts without snapshots"));

    @Override
    public String name() {
        return "zfs";
    }

    @Override
    public String description() {
        return "A volume is a dataset with a quota, or with `zfs.block_mode` a block device of the pool that the server formats"
                + " (`block.filesystem`). The quota holds for the volume and its snapshots together, unless"
                + " `zfs.use_refquota` is set: then snapshots do not eat up the disk.";
    }

    @Override
    public Set<StorageCapability> capabilities() {
        return EnumSet.of(StorageCapability.ENFORCES_SIZE, StorageCapability.GROWS_IN_USE, StorageCapability.MOVES);
    }

    @Override
    public Options options() {
        return OPTIONS;
    }
}
