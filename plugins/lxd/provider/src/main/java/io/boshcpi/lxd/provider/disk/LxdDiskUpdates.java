package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.server.LxdCloud;
import io.boshcpi.lxd.provider.server.Marks;
import io.boshcpi.lxd.provider.server.Undo;
import io.boshcpi.lxd.provider.server.VolumeSize;
import io.boshcpi.lxd.spi.StorageCapability;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeRequest;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.DiskUpdates;
import io.boshcpi.spi.PropertyTree;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Changes of disks: growing and shrinking in place, and moving to another pool. What a pool's storage driver cannot do is
 * refused as not supported, which makes the Director copy the disk instead.
 */
public final class LxdDiskUpdates implements DiskUpdates {
    private final LxdCloud cloud;

    public LxdDiskUpdates(LxdCloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public void resize(Call call, DiskCid disk, long sizeMib) {
        cloud.run(call, new DiskTask<>(disk) {
            @Override
            Boolean change(LxdSession lxd, Undo undo) {
                LocatedDisk located = locate(lxd, disk);
                changeSize(lxd, located, Pools.driver(cloud, lxd, located.pool()), sizeMib);
                return true;
            }
        });
    }

    @Override
    public DiskCid update(Call call, DiskCid disk, long sizeMib, PropertyTree properties) {
        return cloud.run(call, new DiskTask<>(disk) {
            @Override
            DiskCid change(LxdSession lxd, Undo undo) {
                String pool =
                        properties.string("storage_pool").orElse(cloud.config().storagePoolName());
                LocatedDisk located = locate(lxd, disk);
                StorageDriver driver = Pools.driver(cloud, lxd, pool);
                VolumeRequest request = new VolumeRequest(
                        sizeMib,
                        DiskContent.of(located.volume()),
                        properties.only(driver.options().names()));
                DiskProperties bound = properties.bind(DiskProperties.class, driver.options());
                refuseConversion(bound, located);
                Map<String, String> wanted = driver.volumeConfig(request);
                if (pool.equals(located.pool())) {
                    changeInPlace(lxd, located, driver, sizeMib, wanted);
                    return located.cid();
                }
                long size = VolumeSize.of(driver, request);
                refuseMove(lxd, located, driver);
                refuseShrinking(located, driver, size);
                Pools.refuseLargerThanPool(lxd, pool, located.member(), size);
                Map<String, String> config = new TreeMap<>(wanted);
                config.put(Marks.SIZE, String.valueOf(sizeMib));
                return new PoolMove(lxd, undo, locator(lxd), disk, located, pool).run(config, cloud.origin(call));
            }
        });
    }

    /** The volume has the size that the driver makes of the one that BOSH asks for, which the mark keeps. */
    private static void changeSize(LxdSession lxd, LocatedDisk located, StorageDriver driver, long sizeMib) {
        VolumeRequest request =
                new VolumeRequest(sizeMib, DiskContent.of(located.volume()), PropertyTree.empty("cloud_properties"));
        long size = VolumeSize.of(driver, request);
        long present = located.sizeMib();
        Map<String, String> config = new TreeMap<>(Map.of(Marks.SIZE, String.valueOf(sizeMib)));
        if (size != present) {
            refuseShrinking(located, driver, size);
            refuseGrowingInUse(located, driver);
            if (size > present) {
                Pools.refuseLargerThanPool(lxd, located.pool(), located.member(), size);
            }
            config.put("size", size + "MiB");
        } else if (String.valueOf(sizeMib).equals(located.volume().config().get(Marks.SIZE))) {
            return;
        }
        lxd.volumes(located.pool()).patchConfig(located.volume().name(), config);
    }

    private static void changeInPlace(
            LxdSession lxd, LocatedDisk located, StorageDriver driver, long sizeMib, Map<String, String> wanted) {
        Map<String, String> present = located.volume().config();
        for (Map.Entry<String, String> option : wanted.entrySet()) {
            if (!option.getKey().equals("size") && !option.getValue().equals(present.get(option.getKey()))) {
                throw NotSupported.because("the option " + option.getKey() + " of a volume is set when it is made");
            }
        }
        changeSize(lxd, located, driver, sizeMib);
    }

    private LocatedDisk locate(LxdSession lxd, DiskCid disk) {
        return locator(lxd).get(disk);
    }

    private DiskLocator locator(LxdSession lxd) {
        return new DiskLocator(lxd, cloud.config().storagePoolName());
    }

    private static void refuseShrinking(LocatedDisk disk, StorageDriver driver, long sizeMib) {
        long present = disk.sizeMib();
        if (sizeMib < present && !driver.capabilities().contains(StorageCapability.SHRINKS)) {
            throw NotSupported.because("it has " + present + " MiB, and a file system is not made smaller in place");
        }
    }

    private static void refuseGrowingInUse(LocatedDisk disk, StorageDriver driver) {
        if (!disk.attachedTo().isEmpty() && !driver.capabilities().contains(StorageCapability.GROWS_IN_USE)) {
            throw NotSupported.because("it is attached to " + String.join(", ", disk.attachedTo())
                    + ", and a pool of the driver " + driver.name() + " resizes a disk only while it is detached");
        }
    }

    private static void refuseConversion(DiskProperties wanted, LocatedDisk disk) {
        String present = disk.volume().contentType();
        if (!wanted.contentType().orElse(present).equals(present)) {
            throw NotSupported.because("it is a " + present + " volume, which does not become another (content_type)");
        }
    }

    private void refuseMove(LxdSession lxd, LocatedDisk disk, StorageDriver target) {
        for (StorageDriver driver : List.of(Pools.driver(cloud, lxd, disk.pool()), target)) {
            if (!driver.capabilities().contains(StorageCapability.MOVES)) {
                throw NotSupported.because("the driver " + driver.name() + " copies no volumes to or from other pools");
            }
        }
    }
}
