package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.provider.doctor.Diagnosis;
import io.boshcpi.lxd.provider.gc.GarbageCollector;
import io.boshcpi.lxd.provider.server.LxdCloud;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.Maintenance;
import java.util.List;

/** The commands for operators: {@code doctor} and {@code gc}. */
final class LxdMaintenance implements Maintenance {
    private final LxdCloud cloud;

    LxdMaintenance(LxdCloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public List<Finding> diagnose(Call call) {
        return Diagnosis.of(cloud, call);
    }

    @Override
    public List<Leftover> leftovers(Call call) {
        return new GarbageCollector(cloud).find(call);
    }

    @Override
    public List<Leftover> remove(Call call, List<Leftover> leftovers) {
        return new GarbageCollector(cloud).remove(call, leftovers);
    }
}
