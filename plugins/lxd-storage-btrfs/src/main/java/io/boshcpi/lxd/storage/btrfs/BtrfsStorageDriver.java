package io.boshcpi.lxd.storage.btrfs;

import io.boshcpi.lxd.spi.StorageCapability;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeOptions;
import io.boshcpi.spi.Options;
import java.util.EnumSet;
import java.util.Set;
import org.pf4j.Extension;

/** Storage pools on btrfs. */
@Extension
public final class BtrfsStorageDriver implements StorageDriver {
    private static final Options OPTIONS = VolumeOptions.common();

    @Override
    public String name() {
        return "btrfs";
    }

    @Override
    public String description() {
        return "A volume is a subvolume with a quota group: it cannot outgrow its size, although `df` in the guest shows the"
                + " whole pool. The server does not refuse to shrink a volume below what it holds, so the CPI never asks for"
                + " that.";
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
