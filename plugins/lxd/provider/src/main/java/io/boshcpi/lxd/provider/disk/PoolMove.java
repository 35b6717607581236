package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.client.model.VolumeSnapshot;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.client.session.NewVolume;
import io.boshcpi.lxd.client.session.VolumeSource;
import io.boshcpi.lxd.provider.server.Marks;
import io.boshcpi.lxd.provider.server.Origin;
import io.boshcpi.lxd.provider.server.Undo;
import io.boshcpi.spi.DiskCid;
import java.util.Map;
import java.util.TreeMap;

/**
 * Moves a disk to another pool, for {@code update_disk}. The copy keeps its new CID, which the Director gets; until it is
 * known to have that, it may use the old one.
 */
final class PoolMove extends DiskMove {
    private final DiskCid disk;
    private final String pool;

    /**
     * @param disk as the Director knows it
     * @param original its volume
     * @param pool where it goes
     */
    PoolMove(LxdSession lxd, Undo undo, DiskLocator locator, DiskCid disk, LocatedDisk original, String pool) {
        super(lxd, undo, locator, disk, original);
        this.disk = disk;
        this.pool = pool;
    }

    /**
     * Moves the disk and returns the CID of the copy.
     *
     * @param config the size and the options of the copy
     * @param origin who moves it, and when
     */
    DiskCid run(Map<String, String> config, Origin origin) {
        original.refuseWhileAttached("; it is not moved to another pool before it is detached");
        refuseWithSnapshots();
        return move(pool, configOfCopy(config, origin), original.member());
    }

    @Override
    String destination() {
        return "the pool " + pool;
    }

    @Override
    void copyTo(NewVolume volume) {
        lxd.volumes(pool)
                .copy(VolumeSource.volume(original.pool(), original.volume().name()), volume);
    }

    /**
     * Options come anew from the cloud properties. Everything else of the original is copied, above all the id map that
     * its files are written with: without it, the server would shift the owners a second time.
     */
    private Map<String, String> configOfCopy(Map<String, String> config, Origin origin) {
        Map<String, String> copied = new TreeMap<>();
        for (Map.Entry<String, String> entry : original.volume().config().entrySet()) {
            String key = entry.getKey();
            if (key.startsWith("user.") || key.startsWith(ID_MAP)) {
                copied.put(key, entry.getValue());
            }
        }
        copied.putAll(config);
        copied.remove(Marks.REPLACES);
        copied.put(Marks.MOVED_FROM, disk.value());
        copied.put(Marks.STATE, Marks.STATE_CREATING);
        copied.put(Marks.CREATED_AT, origin.createdAt());
        return copied;
    }

    private void refuseWithSnapshots() {
        if (hasSnapshots()) {
            throw NotSupported.because("the disk has snapshots, whose CIDs name it");
        }
    }

    /** LXD 5.0.2 lists no snapshots of a volume that is on another member than the one that is asked. */
    private boolean hasSnapshots() {
        String name = original.volume().name();
        if (original.member() == null) {
            return !lxd.volumes(original.pool()).snapshots(name).list().isEmpty();
        }
        for (VolumeSnapshot snapshot :
                lxd.volumes(original.pool()).listWithSnapshots().snapshots()) {
            if (snapshot.volume().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
