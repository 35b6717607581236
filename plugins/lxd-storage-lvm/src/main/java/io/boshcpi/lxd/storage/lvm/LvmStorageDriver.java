package io.boshcpi.lxd.storage.lvm;

import io.boshcpi.lxd.spi.StorageCapability;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeOptions;
import io.boshcpi.lxd.spi.VolumeRequest;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.pf4j.Extension;

/** Storage pools on LVM. */
@Extension
public final class LvmStorageDriver implements StorageDriver {
    private static final String FILE_SYSTEM = "block.filesystem";
    /** What mkfs.xfs refuses to go below. */
    private static final long MIN_XFS_MIB = 300;

    private static final Options OPTIONS = VolumeOptions.common()
            .and(VolumeOptions.fileSystem())
            .and(
                    Option.integer("lvm.stripes", "number of stripes of the logical volume; not in thin pools"),
                    Option.string("lvm.stripes.size", "size of a stripe, at least 4096 bytes; not in thin pools"));

    @Override
    public String name() {
        return "lvm";
    }

    @Override
    public String description() {
        return "A volume is a logical volume with a file system, which takes its share of the size: 213 of 256 MiB with ext4."
                + " ext4 and xfs grow while they are mounted; a file system is never made smaller here. xfs wants at"
                + " least 300 MiB.";
    }

    @Override
    public Set<StorageCapability> capabilities() {
        return EnumSet.of(StorageCapability.ENFORCES_SIZE, StorageCapability.GROWS_IN_USE, StorageCapability.MOVES);
    }

    @Override
    public Options options() {
        return OPTIONS;
    }

    /** The servers (LXD 5.0.2, Incus 6.0.4) leave the logical volume behind whose file system cannot be made. */
    @Override
    public Map<String, String> volumeConfig(VolumeRequest request) {
        Map<String, String> config = request.config();
        if ("xfs".equals(config.get(FILE_SYSTEM)) && request.sizeMib() < MIN_XFS_MIB) {
            throw request.options()
                    .wrong(
                            FILE_SYSTEM,
                            "can be xfs from " + MIN_XFS_MIB + " MiB on, and the disk has " + request.sizeMib());
        }
        return config;
    }
}
