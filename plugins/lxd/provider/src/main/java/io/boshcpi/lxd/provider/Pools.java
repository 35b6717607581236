package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.client.model.StoragePool;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.client.session.NewVolume;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Storage pools, their drivers, and volumes as planned. */
final class Pools {
    private Pools() {}

    /** The sub-plugin that knows the pool's driver. */
    static StorageDriver driver(LxdCloud cloud, LxdSession lxd, String pool) {
        StoragePool found = lxd.pools().find(pool).orElseThrow(() -> missing(pool, null));
        return cloud.contributors().storage(pool, found.driver());
    }

    static CpiException missing(@Nullable String pool, @Nullable Throwable cause) {
        return new CpiException(
                ErrorType.CLOUD_ERROR, "The storage pool " + pool + " (storage_pool) is not on the server", cause);
    }

    static void create(LxdSession lxd, VolumePlan plan, Optional<String> target) {
        lxd.volumes(plan.pool())
                .create(new NewVolume(plan.name(), plan.content().apiName(), "", plan.config(), target.orElse(null)));
    }
}
