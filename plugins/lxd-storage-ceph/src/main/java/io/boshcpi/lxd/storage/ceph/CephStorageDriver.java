package io.boshcpi.lxd.storage.ceph;

import io.boshcpi.lxd.spi.StorageCapabilities;
import io.boshcpi.lxd.spi.StorageDriver;
import java.util.Set;
import org.pf4j.Extension;

/**
 * Storage pools on Ceph RBD.
 *
 * <p>A volume is an RBD image with a file system ({@code block.filesystem}), reached by every member of a cluster. It
 * is grown while it is detached: the server maps it, grows it and its file system, and unmaps it.
 */
@Extension
public final class CephStorageDriver implements StorageDriver {
    @Override
    public String name() {
        return "ceph";
    }

    @Override
    public StorageCapabilities capabilities() {
        return new StorageCapabilities(true, false, false, true);
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
                "snapshots.schedule");
    }
}
