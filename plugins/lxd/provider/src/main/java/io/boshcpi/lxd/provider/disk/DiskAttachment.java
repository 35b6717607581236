package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.spi.VolumeRequest.Content;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.VmCid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

    /** Attaches the disk, unless the VM has it, and returns where the guest finds it. */
    String attach(DiskFollowing following) {
        LocatedDisk located = locator.get(disk);
        if (!located.attachedTo().contains(vm.value())) {
            attach(located, following);
        }
        return DiskDevice.path(lxd, located, disk);
    }

    private void attach(LocatedDisk located, DiskFollowing following) {
        located.refuseWhileAttached("; two VMs that write to it would destroy its data");
        Optional<Instance> instance = lxd.instances().find(vm.value());
        if (instance.isEmpty()) {
            throw noVm(null);
        }
        refuseUnusable(located, instance.get());
        LocatedDisk reachable = bringToMember(located, instance.get(), following);
        DiskMove.cancel(lxd, reachable);
        addDevice(DiskDevice.of(reachable, disk));
        confirm();
    }

    /** A server attaches a file system to a virtual machine, whose agent does not find it there. */
    private void refuseUnusable(LocatedDisk located, Instance instance) {
        Content needed = DiskContent.neededBy(instance);
        if (DiskContent.of(located.volume()) != needed) {
            String kind = needed == Content.BLOCK ? "virtual machine" : "container";
            throw CpiException.badRequest("The disk " + disk + " is a "
                    + located.volume().contentType() + " volume, which the " + kind + " " + vm
                    + " cannot use. A disk made with content_type: " + needed.apiName()
                    + " (cloud_properties of the disk type) can be; the data has to be copied to it");
        }
    }

    /** The disk on the VM's member: the server would say of one of another member that there is no such volume. */
    private LocatedDisk bringToMember(LocatedDisk located, Instance instance, DiskFollowing following) {
        String from = located.member();
        String to = LocatedDisk.member(instance.location());
        if (from == null || to == null || from.equals(to)) {
            return located;
        }
        String obstacle = following.obstacle(located);
        if (obstacle != null) {
            throw new CpiException(
                    ErrorType.CLOUD_ERROR,
                    "The disk " + disk + " is on the cluster member " + from + " and the VM " + vm + " on " + to
                            + ", which cannot use it, and is not brought there: " + obstacle
                            + ". Change that, or make the VM anew on " + from
                            + ", where create_vm puts it unless cloud_properties.target says otherwise");
        }
        return new MemberMove(lxd, following.undo(), locator, disk, located, from, to).run(following.now());
    }

    /**
     * Detaches the disk unless the guest uses it; does nothing if the VM does not have it, or does not exist. A virtual
     * machine cannot be asked: stemcells do not have the servers' agent. Directors let the BOSH agent unmount it first.
     */
    void detach() {
        Optional<Instance> instance = lxd.instances().find(vm.value());
        if (instance.isEmpty() || !DiskDevice.isAttached(instance.get(), disk)) {
            return;
        }
        boolean mayUseIt = !instance.get().isStopped() && DiskContent.neededBy(instance.get()) == Content.FILESYSTEM;
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
            throw e.isMissing(Subject.INSTANCE) ? noVm(e) : e;
        }
    }

    private CpiException noVm(@Nullable LxdException cause) {
        return new CpiException(ErrorType.VM_NOT_FOUND, "The VM " + vm + " is not on the server", cause);
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
