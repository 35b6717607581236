package io.boshcpi.lxd.storage.dir;

import io.boshcpi.lxd.spi.StorageCapability;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeOptions;
import io.boshcpi.spi.Options;
import java.util.EnumSet;
import java.util.Set;
import org.pf4j.Extension;

/** Storage pools that are a directory of the host. */
@Extension
public final class DirStorageDriver implements StorageDriver {
    private static final Options OPTIONS = VolumeOptions.common();

    @Override
    public String name() {
        return "dir";
    }

    @Override
    public String description() {
        return "A size is accepted and, unless the host's file system has project quotas, not enforced: a volume can fill the"
                + " disk that the pool is on. A pool does not say whether it has quotas, so none are assumed.";
    }

    @Override
    public Set<StorageCapability> capabilities() {
        return EnumSet.of(StorageCapability.GROWS_IN_USE, StorageCapability.MOVES);
    }

    @Override
    public Options options() {
        return OPTIONS;
    }
}
