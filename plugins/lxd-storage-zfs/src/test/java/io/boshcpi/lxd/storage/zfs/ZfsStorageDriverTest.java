package io.boshcpi.lxd.storage.zfs;

import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.testkit.StorageDriverContract;
import java.util.Map;

final class ZfsStorageDriverTest extends StorageDriverContract {
    @Override
    protected StorageDriver driver() {
        return new ZfsStorageDriver();
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
                Map.entry("snapshots.schedule", "@daily"),
                Map.entry("zfs.block_mode", true),
                Map.entry("zfs.blocksize", "16KiB"),
                Map.entry("zfs.delegate", false),
                Map.entry("zfs.remove_snapshots", true),
                Map.entry("zfs.reserve_space", false),
                Map.entry("zfs.use_refquota", true));
    }
}
