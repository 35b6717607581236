package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.model.StoragePool;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.client.session.NewVolume;
import io.boshcpi.lxd.provider.server.LxdCloud;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Storage pools, their drivers, and new volumes in them. */
public final class Pools {
    private Pools() {}

    /** The sub-plugin that knows the pool's driver. */
    public static StorageDriver driver(LxdCloud cloud, LxdSession lxd, String pool) {
        return driver(cloud, existing(lxd, pool));
    }

    /** The sub-plugin that knows the pool's driver. */
    public static StorageDriver driver(LxdCloud cloud, StoragePool pool) {
        return cloud.contributors().storage(pool.name(), pool.driver());
    }

    /** The pool, which has to exist. */
    public static StoragePool existing(LxdSession lxd, String pool) {
        Optional<StoragePool> found = lxd.pools().find(pool);
        if (found.isEmpty()) {
            throw missing(pool, null);
        }
        return found.get();
    }

    /** The pools of the server; Incus lists none for a restricted certificate, and then the configured one is all. */
    public static List<String> names(LxdSession lxd, String configuredPool) {
        try {
            return lxd.pools().names();
        } catch (LxdException e) {
            if (e.is(LxdException.Kind.FORBIDDEN)) {
                return List.of(configuredPool);
            }
            throw e;
        }
    }

    /** The error for a pool that the server does not have. */
    public static CpiException missing(@Nullable String pool, @Nullable Throwable cause) {
        return new CpiException(
                ErrorType.CLOUD_ERROR, "The storage pool " + pool + " (storage_pool) is not on the server", cause);
    }

    /**
     * Refuses a disk that is larger than the whole pool. The servers make it, since files and thin volumes take no room at
     * first, and it fails when it is written to. What a restricted certificate may not see is not refused.
     *
     * @param member the cluster member that has the disk; null for any
     */
    static void refuseLargerThanPool(LxdSession lxd, String pool, @Nullable String member, long sizeMib) {
        long totalMib;
        try {
            totalMib = lxd.pools().resources(pool, member).totalBytes() >> 20;
        } catch (LxdException e) {
            if (e.is(LxdException.Kind.FORBIDDEN)) {
                return;
            }
            throw e;
        }
        if (totalMib > 0 && sizeMib > totalMib) {
            throw new CpiException(
                    ErrorType.NO_DISK_SPACE,
                    "A disk of " + sizeMib + " MiB is larger than the whole storage pool " + pool + ", which has "
                            + totalMib + " MiB; a disk's size is in MiB",
                    null);
        }
    }

    /**
     * Creates an empty volume.
     *
     * @param target the cluster member to put it on
     */
    public static void create(LxdSession lxd, VolumePlan plan, Optional<String> target) {
        lxd.volumes(plan.pool())
                .create(new NewVolume(plan.name(), plan.content().apiName(), "", plan.config(), target.orElse(null)));
    }
}
