package io.boshcpi.lxd.storage.lvm;

import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.testkit.StorageDriverContract;
import java.util.Map;

final class LvmStorageDriverTest extends StorageDriverContract {
    @Override
    protected StorageDriver driver() {
        return new LvmStorageDriver();
    }

    @Override
    protected Map<String, Object> options() {
        return Map.ofEntries(
                Map.entry("block.filesystem", "xfs"),
                Map.entry("block.mount_options", "discard"),
                Map.entry("lvm.stripes", 2),
                Map.entry("lvm.stripes.size", "64KiB"),
                Map.entry("security.shifted", false),
                Map.entry("security.unmapped", false),
                Map.entry("snapshots.expiry", "7d"),
                Map.entry("snapshots.pattern", "snap%d"),
                Map.entry("snapshots.schedule", "@daily"));
    }
}
