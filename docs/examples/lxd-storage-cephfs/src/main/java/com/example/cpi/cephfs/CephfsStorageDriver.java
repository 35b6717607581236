package com.example.cpi.cephfs;

import io.boshcpi.lxd.spi.StorageCapability;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeOptions;
import io.boshcpi.lxd.spi.VolumeRequest;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Options;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.pf4j.Extension;

/**
 * Storage pools on CephFS: persistent disks that every member of a cluster reaches.
 *
 * <p>A size is a quota of the directory that the volume is, so it is enforced and can change either way in use. The
 * pool takes file systems only; root disks need another pool.
 */
@Extension
public final class CephfsStorageDriver implements StorageDriver {
    @Override
    public String name() {
        return "cephfs";
    }

    @Override
    public String description() {
        return "A volume is a directory with a quota, which every member of a cluster reaches.";
    }

    @Override
    public Set<StorageCapability> capabilities() {
        return EnumSet.allOf(StorageCapability.class);
    }

    @Override
    public Options options() {
        return VolumeOptions.common();
    }

    @Override
    public Map<String, String> volumeConfig(VolumeRequest request) {
        if (request.content() == VolumeRequest.Content.BLOCK) {
            throw CpiException.badRequest("A cephfs pool holds no block devices: VMs need a disk type of another pool");
        }
        if (request.purpose() == VolumeRequest.Purpose.ROOT) {
            throw CpiException.badRequest("A cephfs pool holds no root disks: VMs need another storage_pool");
        }
        return request.config();
    }
}
