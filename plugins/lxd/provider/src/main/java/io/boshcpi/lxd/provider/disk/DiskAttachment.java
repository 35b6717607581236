package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.VmCid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attaches one disk to one VM, or detaches it.
 *
 * <p>The server lets any number of instances have a volume, and takes one away from a guest that uses it. Another process
 * may change the disk or the guest between the look and the request. So each change is looked at again afterwards, and
 * taken back if it should not have happened.
 */
final class DiskAttachment {
    private static final Logger LOG = LoggerFactory.getLogger(DiskAttachment.class);

    private final LxdSession lxd;
    private final DiskLocator locator;
    private final VmCid vm;
    private final DiskCid disk;

    DiskAttachment(LxdSession lxd, DiskLocator locator, VmCid vm, DiskCid disk) {
        this.lxd = lxd;
        this.locator = locator;
        this.vm = vm;
        this.disk = disk;
    }

    /** Attaches the disk; does nothing if the VM has it. */
    void attach() {
        LocatedDisk located = locator.get(disk);
        if (located.attachedTo().contains(vm.value())) {
            return;
        }
        located.refuseWhileAttached("; two VMs that write to it would destroy its data");
        DiskMove.cancel(lxd, located);
        addDevice(DiskDevice.of(located, disk));
        confirm();
    }

    /** Detaches the disk unless the guest uses it; does nothing if the VM does not have it, or does not exist. */
    void detach() {
        Optional<Instance> instance = lxd.instances().find(vm.value());
        if (instance.isEmpty() || !DiskDevice.isAttached(instance.get(), disk)) {
            return;
        }
        boolean mayUseIt = !instance.get().isStopped();
        if (mayUseIt) {
            new MountGuard(lxd).awaitUnmounted(vm, disk);
        }
        lxd.instances().removeDevice(instance.get(), disk.value());
        if (mayUseIt) {
            refuseIfMountedMeanwhile(instance.get().devices().getOrDefault(disk.value(), Map.of()));
        }
    }

    private void addDevice(Map<String, String> device) {
        try {
            lxd.instances().patch(vm.value(), Map.of(), Map.of(disk.value(), device));
        } catch (LxdException e) {
            throw e.isMissing(Subject.INSTANCE)
                    ? new CpiException(ErrorType.VM_NOT_FOUND, "The VM " + vm + " is not on the server", e)
                    : e;
        }
    }

    /** Of two that attach the disk at once each sees the other here, so at most one keeps it. */
    private void confirm() {
        try {
            LocatedDisk now = locator.get(disk);
            DiskMove.cancel(lxd, now);
            List<String> others = new ArrayList<>(now.attachedTo());
            others.remove(vm.value());
            if (!others.isEmpty()) {
                throw new CpiException(
                        ErrorType.CLOUD_ERROR,
                        true,
                        "The disk " + disk + " was attached to " + String.join(", ", others)
                                + " at the same time, so it is detached from " + vm
                                + " again; two VMs that write to it would destroy its data",
                        null);
            }
        } catch (CpiException e) {
            takeBack(e);
            throw e;
        }
    }

    private void takeBack(CpiException reason) {
        try {
            Optional<Instance> instance = lxd.instances().find(vm.value());
            if (instance.isPresent()) {
                lxd.instances().removeDevice(instance.get(), disk.value());
            }
        } catch (LxdException e) {
            reason.addSuppressed(e);
            LOG.error("The disk {} is still attached to {}: {}", disk, vm, e.getMessage());
        }
    }

    /** A mount in the guest outlives the server's own, so it is seen even now. */
    private void refuseIfMountedMeanwhile(Map<String, String> device) {
        try {
            new MountGuard(lxd).refuseMounted(vm, disk);
        } catch (CpiException e) {
            addDevice(device);
            throw e;
        }
    }
}
