package io.boshcpi.lxd.storage.lvm;

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

final class LvmStorageDriverTest extends StorageDriverContract {
    @Override
    protected StorageDriver driver() {
        return new LvmStorageDriver();
    }

    @Override
    protected Map<String, Object> options() {
        return Map.ofEntries(
                Map.entry("block.filesystem", "ext4"),
                Map.entry("block.mount_options", "discard"),
                Map.entry("lvm.stripes", 2),
                Map.entry("lvm.stripes.size", "64KiB"),
                Map.entry("security.shifted", false),
                Map.entry("security.unmapped", false),
                Map.entry("snapshots.expiry", "7d"),
                Map.entry("snapshots.pattern", "snap%d"),
                Map.entry("snapshots.schedule", "@daily"));
    }

    @Override
    protected List<Map<String, Object>> refusedOptions() {
        return List.of(Map.of("block.filesystem", "xfs")); // The smallest disk is too small for it.
    }

    @Test
    void anXfsThatTheServerCannotMakeIsRefused() {
        assertThatThrownBy(() -> xfs(299))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("cloud_properties.block.filesystem")
                .hasMessageContaining("from 300 MiB on, and the disk has 299");
        assertThat(xfs(300)).containsEntry("block.filesystem", "xfs").containsEntry("size", "300MiB");
    }

    private Map<String, String> xfs(long sizeMib) {
        PropertyTree options = PropertyTree.of("cloud_properties", Map.of("block.filesystem", "xfs"));
        return driver().volumeConfig(new VolumeRequest(sizeMib, VolumeRequest.Content.FILESYSTEM, options));
    }
}
