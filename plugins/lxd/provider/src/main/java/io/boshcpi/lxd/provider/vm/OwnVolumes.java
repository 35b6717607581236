package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.spi.VmCid;
import java.util.List;
import java.util.Map;

/** The volumes that live and die with a VM: its ephemeral disk and its config drive. */
final class OwnVolumes {
    private OwnVolumes() {}

    /** Deletes those that the instance, which is gone by now, had as devices. */
    static void deleteOf(LxdSession lxd, Instance instance) {
        for (String name : names(instance.name())) {
            for (Map<String, String> device : instance.devices().values()) {
                if (name.equals(device.get("source"))) {
                    delete(lxd, device.getOrDefault("pool", ""), name);
                }
            }
        }
    }

    /** Deletes those in a pool that a deletion has left which was cut off. */
    static void deleteLeft(LxdSession lxd, String pool, VmCid vm) {
        for (String name : names(vm.value())) {
            delete(lxd, pool, name);
        }
    }

    private static List<String> names(String vm) {
        return List.of(EphemeralDisk.nameFor(vm), ConfigDriveVolume.nameFor(vm));
    }

    /** Succeeds if it or its pool is absent. */
    private static void delete(LxdSession lxd, String pool, String name) {
        try {
            lxd.volumes(pool).delete(name);
        } catch (LxdException e) {
            if (!e.isMissing(Subject.POOL)) {
                throw e;
            }
        }
    }
}
