package io.boshcpi.lxd.storage.dir;

import io.boshcpi.lxd.spi.StorageCapabilities;
import io.boshcpi.lxd.spi.StorageDriver;
import java.util.Set;
import org.pf4j.Extension;

/**
 * Storage pools that are a directory of the host.
 *
 * <p>A size is accepted and, unless the host's file system has project quotas, not enforced: a volume can fill the
 * disk that the pool is on. A pool does not say whether it has quotas, so none are assumed.
 */
@Extension
public final class DirStorageDriver implements StorageDriver {
    @Override
    public String name() {
        return "dir";
    }

    @Override
    public StorageCapabilities capabilities() {
        return new StorageCapabilities(false, true, true, false);
    }

    @Override
    public Set<String> options() {
        return Set.of(
                "security.shifted", "security.unmapped", "snapshots.expiry", "snapshots.pattern", "snapshots.schedule");
    }
}
