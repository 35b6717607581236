package com.example.cpi.cephfs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeRequest;
import io.boshcpi.lxd.spi.VolumeRequest.Content;
import io.boshcpi.lxd.spi.VolumeRequest.Purpose;
import io.boshcpi.lxd.testkit.StorageDriverContract;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.PropertyTree;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract has the tests that all drivers share; only what is this driver's own is tested here. */
final class CephfsStorageDriverTest extends StorageDriverContract {
    @Override
    protected StorageDriver driver() {
        return new CephfsStorageDriver();
    }

    @Override
    protected Map<String, Object> options() {
        return Map.of(
                "security.shifted", true,
                "security.unmapped", false,
                "snapshots.expiry", "3d",
                "snapshots.pattern", "daily%d",
                "snapshots.schedule", "@daily");
    }

    @Override
    protected Set<Content> contents() {
        return EnumSet.of(Content.FILESYSTEM);
    }

    @Override
    protected Set<Purpose> purposes() {
        return EnumSet.of(Purpose.EPHEMERAL, Purpose.PERSISTENT);
    }

    @Test
    void aBlockDeviceIsRefused() {
        VolumeRequest request = new VolumeRequest(64, Content.BLOCK, PropertyTree.empty("cloud_properties"));
        assertThatThrownBy(() -> driver().volumeConfig(request))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("no block devices");
    }
}
