package io.boshcpi.lxd.storage.ceph;

import io.boshcpi.lxd.spi.StorageCapability;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeOptions;
import io.boshcpi.spi.Options;
import java.util.EnumSet;
import java.util.Set;
import org.pf4j.Extension;

/** Storage pools on Ceph RBD. */
@Extension
public final class CephStorageDriver implements StorageDriver {
    private static final Options OPTIONS = VolumeOptions.common().and(VolumeOptions.fileSystem());

    @Override
    public String name() {
        return "ceph";
    }

    @Override
    public String description() {
        return "A volume is an RBD image with a file system, reached by every member of a cluster. It is grown while it is"
                + " detached: the server maps it, grows it and its file system, and unmaps it.";
    }

    @Override
    public Set<StorageCapability> capabilities() {
        return EnumSet.of(StorageCapability.ENFORCES_SIZE, StorageCapability.MOVES, StorageCapability.REMOTE);
    }

    @Override
    public Options options() {
        return OPTIONS;
    }
}
