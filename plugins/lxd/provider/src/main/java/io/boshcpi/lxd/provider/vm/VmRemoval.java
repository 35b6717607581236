package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.client.LxdException;
import io.boshcpi.lxd.client.LxdException.Subject;
import io.boshcpi.lxd.client.LxdSession;
import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.spi.VmCid;
import java.time.Duration;
import java.util.Optional;

/** Removes VMs whatever they are doing. Persistent disks stay. */
public final class VmRemoval {
    /** The servers want a time for every stop, even though a forced one waits for nothing. */
    private static final Duration STOP_TIME = Duration.ofSeconds(20);

    private VmRemoval() {}

    /** Removes a VM with its ephemeral disk; succeeds if it is gone meanwhile. */
    public static void remove(LxdSession lxd, Instance instance) {
        VmCid vm = new VmCid(instance.name());
        removeInstance(lxd, vm);
        Optional<String> pool = EphemeralDisk.poolOf(instance);
        if (pool.isPresent()) {
            EphemeralDisk.delete(lxd, pool.get(), vm);
        }
    }

    /** Stops and deletes an instance; succeeds if it is absent. */
    static void removeInstance(LxdSession lxd, VmCid vm) {
        try {
            lxd.instances().stop(vm.value(), true, STOP_TIME);
        } catch (LxdException e) {
            if (!e.isMissing(Subject.INSTANCE)) {
                throw e;
            }
        }
        lxd.instances().delete(vm.value());
    }
}
