package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.client.failure.LxdException;
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
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Finds the volume of a disk from its CID, which is all that most calls bring.
 *
 * <p>The CID tells in which pools the disk can be; nearly always that is the configured one, and one request finds it.
 */
final class DiskLocator {
    private final LxdSession lxd;
    private final String configuredPool;

    DiskLocator(LxdSession lxd, String configuredPool) {
        this.lxd = lxd;
        this.configuredPool = configuredPool;
    }

    /** A disk's volume and the pool that it is in. */
    record Located(String pool, Volume volume) {
        /** The other instances that have it; a disk must never be on two. */
        List<String> attachedTo() {
            List<String> instances = new ArrayList<>();
            volume.attachedTo().forEach(instance -> instances.add(instance.name()));
            return instances;
        }
    }

    Located get(DiskCid disk) {
        return find(disk)
                .orElseThrow(() ->
                        new CpiException(ErrorType.DISK_NOT_FOUND, "The disk " + disk + " is in no storage pool"));
    }

    Optional<Located> find(DiskCid disk) {
        if (mayBeInConfigured(disk)) {
            Optional<Located> found = in(configuredPool, disk);
            if (found.isPresent()) {
                return found;
            }
        }
        for (String pool : otherPools(disk)) {
            Optional<Located> found = in(pool, disk);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
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

    /** Incus shows a restricted certificate no list of pools; a disk that need not be in another one is then in none. */
    private List<String> allPools(DiskCid disk) {
        try {
            return lxd.pools().names();
        } catch (LxdException e) {
            if (!e.is(LxdException.Kind.FORBIDDEN)) {
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

    /** Does something to a disk where it nearly always is, and looks for it only if it is not there. */
    void change(DiskCid disk, Consumer<Volumes> change) {
        if (mayBeInConfigured(disk)) {
            try {
                change.accept(lxd.volumes(configuredPool));
                return;
            } catch (LxdException e) {
                if (!e.isMissing(Subject.VOLUME)) {
                    throw e;
                }
            }
        }
        change.accept(lxd.volumes(get(disk).pool()));
    }

    /**
     * Deletes a disk or something of it wherever it is.
     *
     * @param delete tells whether there was anything to delete
     */
    void delete(DiskCid disk, Predicate<Volumes> delete) {
        if (mayBeInConfigured(disk) && delete.test(lxd.volumes(configuredPool))) {
            return;
        }
        for (String pool : otherPools(disk)) {
            if (delete.test(lxd.volumes(pool))) {
                return;
            }
        }
    }

    private Optional<Located> in(String pool, DiskCid disk) {
        return lxd.volumes(pool).find(disk.value()).map(volume -> new Located(pool, volume));
    }
}
