package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.client.session.Volumes;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.ErrorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds a disk's volume by its CID, which is all that most calls bring.
 *
 * <p>The CID tells in which pools the disk can be. Nearly always that is the configured one, and one request finds it.
 */
final class DiskLocator {
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

    Optional<LocatedDisk> find(DiskCid disk) {
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

    /** Changes a disk where it nearly always is, and searches for it only if it is not there. */
    void change(DiskCid disk, PoolRequest change) {
        if (mayBeInConfigured(disk)) {
            try {
                change.send(lxd.volumes(configuredPool));
                return;
            } catch (LxdException e) {
                if (!e.isMissing(Subject.VOLUME)) {
                    throw e;
                }
            }
        }
        change.send(lxd.volumes(get(disk).pool()));
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
    }

    private boolean mayBeInConfigured(DiskCid disk) {
        return DiskName.mayBeIn(disk, configuredPool);
    }

    private List<String> otherPools(DiskCid disk) {
        List<String> pools = new ArrayList<>();
        for (String pool : allPools(disk)) {
            if (!pool.equals(configuredPool) && DiskName.mayBeIn(disk, pool)) {
                pools.add(pool);
            }
        }
        return pools;
    }

    /**
     * Incus lists no pools for a restricted certificate. A disk that may be in the configured pool and is not there
     * then counts as absent.
     */
    private List<String> allPools(DiskCid disk) {
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
