package io.boshcpi.lxd.storage.ceph;

import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.testkit.StorageDriverContract;
import java.util.Map;

final class CephStorageDriverTest extends StorageDriverContract {
    @Override
    protected StorageDriver driver() {
        return new CephStorageDriver();
    }

    @Override
    protected Map<String, Object> options() {
        return Map.ofEntries(
                Map.entry("block.filesystem", "ext4"),
                Map.entry("block.mount_options", "discard"),
                Map.entry("security.shifted", false),
                Map.entry("security.unmapped", false),
                Map.entry("snapshots.expiry", "7d"),
                Map.entry("snapshots.pattern", "snap%d"),
                Map.entry("snapshots.schedule", "@daily"));
    }
}
