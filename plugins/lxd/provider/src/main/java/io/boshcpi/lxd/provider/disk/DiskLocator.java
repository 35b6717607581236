package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.client.session.Volumes;
import io.boshcpi.lxd.provider.server.Marks;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.ErrorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a disk's volume by its CID, which is all that most calls bring.
 *
 * <p>The CID tells in which pools the disk can be. Nearly always that is the configured one, and one request finds it.
 */
final class DiskLocator {
    private static final Logger LOG = LoggerFactory.getLogger(DiskLocator.class);

    private final LxdSession lxd;
    private final String configuredPool;

    DiskLocator(LxdSession lxd, String configuredPool) {
        this.lxd = lxd;
        this.configuredPool = configuredPool;
    }

    /** A request about one volume, to be sent to the pool that has it. */
    interface PoolRequest {
        /** Whether the pool has such a volume, or did have it. */
        boolean send(Volumes volumes);
    }

    /** The disk, or {@link ErrorType#DISK_NOT_FOUND}; refuses a volume that someone else created. */
    LocatedDisk get(DiskCid disk) {
        Optional<LocatedDisk> found = find(disk);
        if (found.isEmpty()) {
            throw notFound(disk);
        }
        return found.get().own();
    }

    /**
     * The disk; or its copy, if it was moved and its Director does not have the copy's CID yet. A copy that was to take the
     * disk's name takes it now.
     */
    Optional<LocatedDisk> find(DiskCid disk) {
        Optional<LocatedDisk> found = findVolume(disk);
        if (found.isPresent()) {
            return found;
        }
        Optional<LocatedDisk> copy = findCopy(disk);
        String name = copy.isPresent() ? nameToTake(copy.get().volume()) : null;
        if (copy.isEmpty() || name == null) {
            return copy;
        }
        return Optional.of(takeName(copy.get().pool(), copy.get().volume().name(), name));
    }

    /**
     * Gives the complete copy of a disk the name of the original, which is gone, and returns it. Another call may do the
     * same, or has done it.
     */
    LocatedDisk takeName(String pool, String copy, String name) {
        lxd.volumes(pool).rename(copy, name);
        lxd.volumes(pool).patchConfig(name, Map.of(Marks.REPLACES, ""));
        Optional<LocatedDisk> renamed = in(pool, new DiskCid(name));
        if (renamed.isEmpty()) {
            throw notFound(new DiskCid(name));
        }
        return renamed.get();
    }

    /**
     * Whether there is the volume, or the copy that was to take its name in a cluster. Copies with CIDs of their own do not
     * count: the Director may have them.
     */
    boolean exists(DiskCid disk) {
        return findVolume(disk).isPresent() || findReplacement(disk).isPresent();
    }

    private Optional<LocatedDisk> findReplacement(DiskCid disk) {
        Optional<LocatedDisk> copy = lxd.server().isClustered() ? findCopy(disk) : Optional.empty();
        boolean replaces = copy.isPresent()
                && disk.value().equals(copy.get().volume().config().get(Marks.REPLACES));
        return replaces ? copy : Optional.empty();
    }

    /** The volume of that name. */
    Optional<LocatedDisk> findVolume(DiskCid disk) {
        if (mayBeInConfigured(disk)) {
            Optional<LocatedDisk> found = in(configuredPool, disk);
            if (found.isPresent()) {
                return found;
            }
        }
        for (String pool : otherPools(disk)) {
            Optional<LocatedDisk> found = in(pool, disk);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<LocatedDisk> findCopy(DiskCid disk) {
        for (String pool : Pools.names(lxd, configuredPool)) {
            Optional<LocatedDisk> copy = copyIn(pool, disk);
            if (copy.isPresent()) {
                LOG.info(
                        "An earlier call moved the disk {} to {}",
                        disk,
                        copy.get().cid());
                return copy;
            }
        }
        return Optional.empty();
    }

    /** The complete copy of a disk that is gone; the newest, if several moves were begun. */
    private Optional<LocatedDisk> copyIn(String pool, DiskCid disk) {
        Optional<LocatedDisk> newest = Optional.empty();
        List<Volume> volumes = lxd.volumes(pool).list();
        for (Volume volume : volumes) {
            boolean isCopy = Marks.areOfCopy(volume.config(), disk.value()) && !isReplacementTooEarly(volume, volumes);
            if (isCopy && (newest.isEmpty() || isNewer(volume, newest.get().volume()))) {
                newest = Optional.of(new LocatedDisk(pool, volume));
            }
        }
        return newest;
    }

    /** Whether the original of a copy that is to take its name is there, and hence still the disk. */
    private static boolean isReplacementTooEarly(Volume copy, List<Volume> volumes) {
        String original = nameToTake(copy);
        for (Volume volume : volumes) {
            if (volume.name().equals(original)) {
                return true;
            }
        }
        return false;
    }

    /** The name that a copy takes when its original is gone; null if it is no such copy, or has the name already. */
    private static @Nullable String nameToTake(Volume copy) {
        String original = copy.config().get(Marks.REPLACES);
        return copy.name().equals(original) ? null : original;
    }

    private static boolean isNewer(Volume volume, Volume other) {
        String created = volume.config().getOrDefault(Marks.CREATED_AT, "");
        return created.compareTo(other.config().getOrDefault(Marks.CREATED_AT, "")) > 0;
    }

    /** Changes the marks of a disk where it nearly always is, and searches for it only if it is not there. */
    void patchMarks(DiskCid disk, Map<String, String> marks) {
        if (mayBeInConfigured(disk)) {
            try {
                lxd.volumes(configuredPool).patchConfig(disk.value(), marks);
                return;
            } catch (LxdException e) {
                if (!e.isMissing(Subject.VOLUME)) {
                    throw e;
                }
            }
        }
        LocatedDisk located = get(disk);
        Map<String, String> present = new TreeMap<>(marks);
        if (!located.volume().name().equals(disk.value())) {
            present.remove(Marks.STATE); // The Director does not have the copy's CID yet.
        }
        lxd.volumes(located.pool()).patchConfig(located.volume().name(), present);
    }

    /** Deletes something of a disk wherever that is; succeeds if it is absent. */
    void delete(DiskCid disk, PoolRequest delete) {
        if (mayBeInConfigured(disk) && delete.send(lxd.volumes(configuredPool))) {
            return;
        }
        for (String pool : otherPools(disk)) {
            if (delete.send(lxd.volumes(pool))) {
                return;
            }
        }
        if (findReplacement(disk).isPresent()) {
            Optional<LocatedDisk> renamed = find(disk);
            if (renamed.isPresent()) {
                delete.send(lxd.volumes(renamed.get().pool()));
            }
        }
    }

    private boolean mayBeInConfigured(DiskCid disk) {
        return DiskName.mayBeIn(disk, configuredPool);
    }

    private List<String> otherPools(DiskCid disk) {
        List<String> pools = new ArrayList<>();
        for (String pool : poolsFor(disk)) {
            if (!pool.equals(configuredPool) && DiskName.mayBeIn(disk, pool)) {
                pools.add(pool);
            }
        }
        return pools;
    }

    /** Without the right to list pools, a disk that may be in the configured pool and is not there counts as absent. */
    private List<String> poolsFor(DiskCid disk) {
        try {
            return lxd.pools().names();
        } catch (LxdException e) {
            if (!e.is(Kind.FORBIDDEN)) {
                throw e;
            } else if (mayBeInConfigured(disk)) {
                return List.of();
            }
            throw new CpiException(
                    ErrorType.CLOUD_ERROR,
                    "The disk " + disk + " is not in the storage pool " + configuredPool
                            + " (lxd.storage_pool), and the server does not let a restricted certificate look for others",
                    e);
        }
    }

    private Optional<LocatedDisk> in(String pool, DiskCid disk) {
        Optional<Volume> volume = lxd.volumes(pool).find(disk.value());
        return volume.isPresent() ? Optional.of(new LocatedDisk(pool, volume.get())) : Optional.empty();
    }

    static CpiException notFound(DiskCid disk) {
        return new CpiException(ErrorType.DISK_NOT_FOUND, "The disk " + disk + " is in no storage pool");
    }
}
