package io.boshcpi.lxd.storage.zfs;

import io.boshcpi.lxd.spi.StorageCapability;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeOptions;
import io.boshcpi.lxd.spi.VolumeRequest;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.pf4j.Extension;

/** Storage pools on ZFS. */
@Extension
public final class ZfsStorageDriver implements StorageDriver {
    private static final String BLOCK_MODE = "zfs.block_mode";
    private static final String USE_REFQUOTA = "zfs.use_refquota";

    private static final Options OPTIONS = VolumeOptions.common()
            .and(VolumeOptions.fileSystem())
            .and(
                    Option.bool(
                            BLOCK_MODE,
                            "a block device formatted with `block.filesystem` instead of a dataset; Incus only"),
                    Option.string("zfs.blocksize", "block size of the dataset, a power of two from 512 bytes to 1 MiB"),
                    Option.bool(
                            "zfs.delegate",
                            "whether the VM may manage the dataset and make others in it; Incus only, from ZFS 2.2 on"),
                    Option.bool("zfs.remove_snapshots", "whether snapshots that are in the way are removed"),
                    Option.bool("zfs.reserve_space", "whether the whole size is reserved at once"),
                    Option.bool(
                                    USE_REFQUOTA,
                                    "whether the size counts without snapshots, which then take room of the pool only")
                            .withDefault(true));

    @Override
    public String name() {
        return "zfs";
    }

    @Override
    public String description() {
        return "A volume is a dataset with a quota, or with `zfs.block_mode` a block device of the pool that the server formats"
                + " (`block.filesystem`). Snapshots take no room of the disk, unless `zfs.use_refquota` is false: then the"
                + " quota holds for the disk and its snapshots together, and a disk that is overwritten after a snapshot"
                + " runs full.";
    }

    @Override
    public Set<StorageCapability> capabilities() {
        return EnumSet.of(StorageCapability.ENFORCES_SIZE, StorageCapability.GROWS_IN_USE, StorageCapability.MOVES);
    }

    @Override
    public Options options() {
        return OPTIONS;
    }

    /** A dataset has a quota and no file system in it, a block device the other way round. */
    @Override
    public Map<String, String> volumeConfig(VolumeRequest request) {
        Map<String, String> config = new TreeMap<>(request.config());
        boolean isDataset =
                request.content() == VolumeRequest.Content.FILESYSTEM && !"true".equals(config.get(BLOCK_MODE));
        if (isDataset) {
            refuseFileSystem(request);
            config.putIfAbsent(USE_REFQUOTA, "true");
        }
        return config;
    }

    private static void refuseFileSystem(VolumeRequest request) {
        for (String key : VolumeOptions.fileSystem().names()) {
            if (request.options().has(key)) {
                throw request.options()
                        .wrong(
                                key,
                                "is of block devices, which disks of this pool are with zfs.block_mode: true on Incus");
            }
        }
    }
}
