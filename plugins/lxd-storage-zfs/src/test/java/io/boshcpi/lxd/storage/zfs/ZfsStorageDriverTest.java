package io.boshcpi.lxd.storage.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeRequest;
import io.boshcpi.lxd.testkit.StorageDriverContract;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.PropertyTree;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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

    @Override
    protected List<Map<String, Object>> refusedOptions() {
        return List.of(
                Map.of("block.filesystem", "xfs"), Map.of("block.mount_options", "discard", "zfs.block_mode", false));
    }

    @Test
    void snapshotsTakeNoRoomOfADisk() {
        assertThat(config(VolumeRequest.Content.FILESYSTEM, Map.of())).containsEntry("zfs.use_refquota", "true");
    }

    @Test
    void anOperatorMayLetSnapshotsCount() {
        Map<String, Object> options = Map.of("zfs.use_refquota", false);

        assertThat(config(VolumeRequest.Content.FILESYSTEM, options)).containsEntry("zfs.use_refquota", "false");
    }

    @Test
    void aBlockDeviceHasNoQuota() {
        assertThat(config(VolumeRequest.Content.BLOCK, Map.of())).doesNotContainKey("zfs.use_refquota");
        assertThat(config(VolumeRequest.Content.FILESYSTEM, Map.of("zfs.block_mode", true)))
                .doesNotContainKey("zfs.use_refquota");
    }

    @Test
    void aDatasetHasNoFileSystemToChoose() {
        assertThatThrownBy(() -> config(VolumeRequest.Content.FILESYSTEM, Map.of("block.filesystem", "xfs")))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("cloud_properties.block.filesystem")
                .hasMessageContaining("zfs.block_mode: true");
        assertThat(config(VolumeRequest.Content.FILESYSTEM, Map.of("block.filesystem", "xfs", "zfs.block_mode", true)))
                .containsEntry("block.filesystem", "xfs");
    }

    private Map<String, String> config(VolumeRequest.Content content, Map<String, Object> options) {
        return driver().volumeConfig(new VolumeRequest(64, content, PropertyTree.of("cloud_properties", options)));
    }
}
