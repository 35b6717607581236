package io.boshcpi.lxd.storage.lvm;

import io.boshcpi.lxd.spi.StorageCapability;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeOptions;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import java.util.EnumSet;
import java.util.Set;
import org.pf4j.Extension;

/** Storage pools on LVM. */
@Extension
public final class LvmStorageDriver implements StorageDriver {
    private static final Options OPTIONS = VolumeOptions.common()
            .and(VolumeOptions.fileSystem())
            .and(
                    Option.integer("lvm.stripes", "number of stripes of the logical volume"),
                    Option.string("lvm.stripes.size", "size of a stripe, at least 4096 bytes"));

    @Override
    public String name() {
        return "lvm";
    }

    @Override
    public String description() {
        return "A volume is a logical volume with a file system. ext4 and xfs grow while they are mounted; a file system is never"
                + " made smaller here.";
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
