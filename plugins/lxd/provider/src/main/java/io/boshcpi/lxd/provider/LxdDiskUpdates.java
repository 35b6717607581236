package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.client.LxdException;
import io.boshcpi.lxd.client.LxdSession;
import io.boshcpi.lxd.client.NewVolume;
import io.boshcpi.lxd.client.VolumeSource;
import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeRequest;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.DiskUpdates;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.PropertyTree;
import java.security.SecureRandom;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes of detached disks: growing in place, and moving to another pool. */
final class LxdDiskUpdates implements DiskUpdates {
    private static final Logger LOG = LoggerFactory.getLogger(LxdDiskUpdates.class);

    private final LxdCloud cloud;

    LxdDiskUpdates(LxdCloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public void resize(Call call, DiskCid disk, long sizeMib) {
        try {
            LxdSession lxd = cloud.session(call);
            DiskLocator.Located located = locate(lxd, disk);
            grow(lxd, located, sizeMib);
        } catch (LxdException e) {
            throw Errors.of(e);
        }
    }

    @Override
    public DiskCid update(Call call, DiskCid disk, long sizeMib, PropertyTree properties) {
        try {
            LxdSession lxd = cloud.session(call);
            DiskLocator.Located located = locate(lxd, disk);
            String pool =
                    properties.string("storage_pool").orElse(cloud.config().storagePoolName());
            StorageDriver driver = Pools.driver(cloud, lxd, pool);
            properties.bind(DiskProperties.class, driver.options());
            Map<String, String> wanted = driver.volumeConfig(new VolumeRequest(
                    sizeMib,
                    VolumeRequest.Content.FILESYSTEM,
                    properties.only(driver.options().names())));
            refuseShrinking(located.volume(), sizeMib);
            if (pool.equals(located.pool())) {
                changeInPlace(lxd, located, sizeMib, wanted);
                return disk;
            }
            return moveTo(call, lxd, located, pool, wanted);
        } catch (LxdException e) {
            throw Errors.of(e);
        }
    }

    private void grow(LxdSession lxd, DiskLocator.Located located, long sizeMib) {
        refuseShrinking(located.volume(), sizeMib);
        if (sizeMib != sizeMib(located.volume())) {
            lxd.volumes(located.pool())
                    .patchConfig(
                            located.volume().name(),
                            Map.of("size", sizeMib + "MiB", Tags.SIZE, String.valueOf(sizeMib)));
        }
    }

    private void changeInPlace(LxdSession lxd, DiskLocator.Located located, long sizeMib, Map<String, String> wanted) {
        Map<String, String> present = located.volume().config();
        for (Map.Entry<String, String> option : wanted.entrySet()) {
            if (!option.getKey().equals("size") && !option.getValue().equals(present.get(option.getKey()))) {
                throw notSupported("the option " + option.getKey() + " of a volume is set when it is made");
            }
        }
        grow(lxd, located, sizeMib);
    }

    /** Copies to a new disk and removes the old one, which the Director will not ask for again. */
    private DiskCid moveTo(
            Call call, LxdSession lxd, DiskLocator.Located old, String pool, Map<String, String> wanted) {
        refuseWhileAttached(old);
        String oldName = old.volume().name();
        if (!lxd.volumes(old.pool()).snapshots(oldName).list().isEmpty()) {
            throw notSupported("the disk has snapshots, whose CIDs name it");
        }
        DiskCid disk = DiskName.create(pool, new SecureRandom());
        Map<String, String> config = new TreeMap<>(wanted);
        old.volume().config().forEach((key, value) -> {
            if (key.startsWith("user.")) {
                config.put(key, value);
            }
        });
        config.put(Tags.SIZE, String.valueOf(parseMib(wanted.getOrDefault("size", ""))));
        config.put(Tags.STATE, Tags.STATE_CREATING);
        config.put(Tags.CREATED_AT, cloud.now());
        Undo undo = new Undo();
        undo.register(
                "volume " + disk + " in pool " + pool,
                () -> cloud.undoSession(call).volumes(pool).delete(disk.value()));
        try {
            lxd.volumes(pool)
                    .copy(VolumeSource.volume(old.pool(), oldName), NewVolume.filesystem(disk.value(), config));
        } catch (RuntimeException e) {
            undo.run(e);
            throw e;
        }
        removeOriginal(lxd, old, disk, undo);
        return disk;
    }

    /**
     * The copy may be the last one with all data: it is taken back only if the server has not even begun to delete the
     * original.
     */
    private static void removeOriginal(LxdSession lxd, DiskLocator.Located old, DiskCid copy, Undo undo) {
        try {
            lxd.volumes(old.pool()).delete(old.volume().name());
        } catch (LxdException e) {
            switch (e.kind()) {
                case IN_USE, BUSY, FORBIDDEN -> undo.run(e);
                default ->
                    LOG.error(
                            "The disk {} may be damaged or gone; {} is a copy of it.",
                            old.volume().name(),
                            copy);
            }
            throw e;
        }
    }

    private static void refuseWhileAttached(DiskLocator.Located disk) {
        if (!disk.attachedTo().isEmpty()) {
            throw new CpiException(
                    ErrorType.CLOUD_ERROR,
                    "The disk " + disk.volume().name() + " is attached to " + String.join(", ", disk.attachedTo())
                            + "; it is not moved to another pool before it is detached");
        }
    }

    private DiskLocator.Located locate(LxdSession lxd, DiskCid disk) {
        return new DiskLocator(lxd, cloud.config().storagePoolName()).get(disk);
    }

    private static void refuseShrinking(Volume volume, long sizeMib) {
        if (sizeMib < sizeMib(volume)) {
            throw notSupported("it has " + sizeMib(volume) + " MiB, and a file system is not made smaller in place");
        }
    }

    private static CpiException notSupported(String reason) {
        return new CpiException(ErrorType.NOT_SUPPORTED, "The disk cannot be changed like this: " + reason);
    }

    private static long sizeMib(Volume volume) {
        return parseMib(volume.config().getOrDefault("size", ""));
    }

    /** The sizes that this CPI writes: {@code 1024MiB}; 0 for any other. */
    private static long parseMib(String size) {
        if (!size.endsWith("MiB")) {
            return 0;
        }
        try {
            return Long.parseLong(size.substring(0, size.length() - 3));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
