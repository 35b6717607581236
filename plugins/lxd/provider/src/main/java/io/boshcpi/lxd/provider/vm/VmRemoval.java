package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.spi.VmCid;
import java.time.Duration;

/** Removes VMs in any state. Persistent disks stay. */
public final class VmRemoval {
    /** The servers want a time for every stop, even though a forced one waits for nothing. */
    private static final Duration STOP_TIME = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private VmRemoval() {}

    /** Removes a VM with its own volumes; succeeds if it is gone meanwhile. */
    public static void remove(LxdSession lxd, Instance instance) {
        VmCid vm = new VmCid(instance.name());
        removeInstance(lxd, vm);
        OwnVolumes.deleteOf(lxd, instance);
    }

    /**
     * Stops and deletes an instance; succeeds if it is absent.
     *
     * <p>While a start is under way, the servers call the instance stopped already, and when it has come up they refuse
     * to delete it. So it is stopped again, until it is gone or the session's deadline ends the requests.
     */
    static void removeInstance(LxdSession lxd, VmCid vm) {
        stop(lxd, vm);
        while (!deleteUnlessRunning(lxd, vm)) {
            stop(lxd, vm);
        }
    }

    private static void stop(LxdSession lxd, VmCid vm) {
        try {
            lxd.instances().stop(vm.value(), true, STOP_TIME);
        } catch (LxdException e) {
            if (!e.isMissing(Subject.INSTANCE)) {
                throw e;
            }
        }
    }

    private static boolean deleteUnlessRunning(LxdSession lxd, VmCid vm) {
        try {
            lxd.instances().delete(vm.value());
            return true;
        } catch (LxdException e) {
            if (!e.is(Kind.IN_USE)) {
                throw e;
            }
            pause(e);
            return false;
        }
    }

    private static void pause(LxdException refusal) {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusal;
        }
    }
}
