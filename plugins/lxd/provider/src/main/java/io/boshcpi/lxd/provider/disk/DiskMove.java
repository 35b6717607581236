package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.client.session.NewVolume;
import io.boshcpi.lxd.client.session.VolumeSource;
import io.boshcpi.lxd.provider.server.Marks;
import io.boshcpi.lxd.provider.server.Origin;
import io.boshcpi.lxd.provider.server.Undo;
import io.boshcpi.spi.DiskCid;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a detached disk to another pool: copies it under a new CID, then deletes the original.
 *
 * <p>Before the original is deleted, the complete copy is marked with the original's CID. So a move whose answer got
 * lost can be repeated: if the original is gone, its marked copy is the disk ({@link #copyOf}); while it exists, it is
 * the authority, and a repeated move copies it again.
 */
final class DiskMove {
    private static final Logger LOG = LoggerFactory.getLogger(DiskMove.class);

    /** How the owners of the files on a volume are mapped, or will be at the next attachment. */
    private static final String ID_MAP = "volatile.idmap.";

    private final LxdSession lxd;
    private final Undo undo;
    private final LocatedDisk original;
    private final String pool;

    DiskMove(LxdSession lxd, Undo undo, LocatedDisk original, String pool) {
        this.lxd = lxd;
        this.undo = undo;
        this.original = original;
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
        DiskCid copy = DiskName.create(pool, new SecureRandom());
        undo.register(new VolumeRemoval(pool, copy.value()));
        lxd.volumes(pool)
                .copy(
                        VolumeSource.volume(original.pool(), original.volume().name()),
                        NewVolume.filesystem(copy.value(), configOfCopy(config, origin)));
        lxd.volumes(pool)
                .patchConfig(
                        copy.value(), Map.of(Marks.MOVED_FROM, original.volume().name()));
        deleteOriginal(copy);
        return copy;
    }

    /** The complete copy of a disk that is gone; the newest, if several moves were begun. */
    static Optional<LocatedDisk> copyOf(LxdSession lxd, DiskCid disk, String pool) {
        Optional<LocatedDisk> newest = Optional.empty();
        for (Volume volume : lxd.volumes(pool).list()) {
            boolean isCopy = disk.value().equals(volume.config().get(Marks.MOVED_FROM));
            if (isCopy && (newest.isEmpty() || isNewer(volume, newest.get().volume()))) {
                newest = Optional.of(new LocatedDisk(pool, volume));
            }
        }
        return newest;
    }

    private static boolean isNewer(Volume volume, Volume other) {
        String created = volume.config().getOrDefault(Marks.CREATED_AT, "");
        return created.compareTo(other.config().getOrDefault(Marks.CREATED_AT, "")) > 0;
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
        copied.remove(Marks.MOVED_FROM);
        copied.put(Marks.STATE, Marks.STATE_CREATING);
        copied.put(Marks.CREATED_AT, origin.createdAt());
        return copied;
    }

    /** Once the server has begun to delete the original, the copy may be the only complete one and has to stay. */
    private void deleteOriginal(DiskCid copy) {
        String name = original.volume().name();
        try {
            lxd.volumes(original.pool()).delete(name);
        } catch (LxdException e) {
            switch (e.kind()) {
                case IN_USE, BUSY, FORBIDDEN -> {} // The original is untouched.
                default -> {
                    undo.keep();
                    LOG.error("The disk {} may be damaged or gone; {} is a copy of it.", name, copy);
                }
            }
            throw e;
        }
    }

    private void refuseWithSnapshots() {
        String name = original.volume().name();
        if (!lxd.volumes(original.pool()).snapshots(name).list().isEmpty()) {
            throw NotSupported.because("the disk has snapshots, whose CIDs name it");
        }
    }
}
