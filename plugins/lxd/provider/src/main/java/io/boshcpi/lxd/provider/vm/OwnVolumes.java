package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.disk.Pools;
import io.boshcpi.lxd.provider.disk.VolumePlan;
import io.boshcpi.lxd.provider.disk.VolumeRemoval;
import io.boshcpi.lxd.provider.server.Undo;
import io.boshcpi.spi.VmCid;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The volumes that live and die with a VM: its ephemeral disk and its config drive. */
final class OwnVolumes {
    private OwnVolumes() {}

    /** Registers the removal of those that {@link #create} makes; before that of the instance, which has to go first. */
    static void registerRemoval(Undo undo, VmPlan plan) {
        if (plan.ephemeralDisk().isPresent()) {
            registerRemoval(undo, plan.ephemeralDisk().get());
        }
        if (plan.configDrive().isPresent()) {
            registerRemoval(undo, plan.configDrive().get().volume());
        }
    }

    private static void registerRemoval(Undo undo, VolumePlan volume) {
        undo.register(new VolumeRemoval(volume.pool(), volume.name()));
    }

    /**
     * Creates those of a new VM.
     *
     * @param member of the cluster, to put them on
     */
    static void create(LxdSession lxd, VmPlan plan, Optional<String> member) {
        if (plan.ephemeralDisk().isPresent()) {
            Pools.create(lxd, plan.ephemeralDisk().get(), member);
        }
        if (plan.configDrive().isPresent()) {
            plan.configDrive().get().create(lxd, member);
        }
    }

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
