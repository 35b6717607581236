package io.boshcpi.lxd.storage.btrfs;

import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.testkit.StorageDriverContract;
import java.util.Map;

final class BtrfsStorageDriverTest extends StorageDriverContract {
    @Override
    protected StorageDriver driver() {
        return new BtrfsStorageDriver();
    }

    @Override
    protected Map<String, Object> options() {
        return Map.ofEntries(
                Map.entry("security.shifted", false),
                Map.entry("security.unmapped", false),
                Map.entry("snapshots.expiry", "7d"),
                Map.entry("snapshots.pattern", "snap%d"),
                Map.entry("snapshots.schedule", "@daily"));
    }
}
