package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.CreatedVm;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.VmCid;
import io.boshcpi.spi.VmRequest;
import io.boshcpi.spi.VmResources;
import io.boshcpi.spi.Vms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** VMs as instances; a VM's CID is its instance's name. */
final class LxdVms implements Vms {
    /** How long a guest may take to shut down before it is stopped the hard way. */
    private static final Duration SHUTDOWN_TIME = Duration.ofSeconds(20);

    private final LxdCloud cloud;

    LxdVms(LxdCloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public CreatedVm create(Call call, VmRequest request) {
        VmCid vm = new VmCid("vm-" + UUID.randomUUID());
        return new VmCreation(cloud, call, vm, request).run();
    }

    @Override
    public boolean exists(Call call, VmCid vm) {
        try {
            return find(call, cloud.session(call), vm).isPresent();
        } catch (LxdException e) {
            throw Errors.of(e);
        }
    }

    @Override
    public void delete(Call call, VmCid vm) {
        try {
            LxdSession lxd = cloud.session(call);
            Optional<Instance> instance = find(call, lxd, vm);
            if (instance.isPresent()) {
                refuseForeign(instance.get());
                remove(lxd, vm);
            }
            deleteEphemeralDisk(lxd, vm, instance);
        } catch (LxdException e) {
            throw Errors.of(e);
        }
    }

    @Override
    public void reboot(Call call, VmCid vm) {
        try {
            LxdSession lxd = cloud.session(call);
            Instance instance = find(call, lxd, vm).orElseThrow(() -> notFound(vm));
            if (!instance.isRunning() || !restartCleanly(lxd, vm)) {
                lxd.instances().restart(vm.value(), true, SHUTDOWN_TIME);
            }
        } catch (LxdException e) {
            throw Errors.of(e);
        }
    }

    @Override
    public void setMetadata(Call call, VmCid vm, Map<String, String> metadata) {
        Map<String, String> marks = Tags.ofMetadata(metadata);
        marks.put(Tags.STATE, Tags.STATE_READY); // Only a Director that got the CID can call this.
        try {
            cloud.session(call).instances().patch(vm.value(), marks, Map.of());
        } catch (LxdException e) {
            throw e.isMissing(Subject.INSTANCE) ? notFound(vm) : Errors.of(e);
        }
    }

    @Override
    public Map<String, Object> cloudPropertiesFor(VmResources resources) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("cpu", resources.cpu());
        properties.put("memory", resources.ramMib());
        properties.put("ephemeral_disk", resources.ephemeralDiskMib());
        return properties;
    }

    @Override
    public List<DiskCid> disks(Call call, VmCid vm) {
        try {
            Instance instance = find(call, cloud.session(call), vm).orElseThrow(() -> notFound(vm));
            List<DiskCid> disks = new ArrayList<>();
            for (String volume : VmDevices.persistentDisks(instance)) {
                disks.add(new DiskCid(volume));
            }
            return disks;
        } catch (LxdException e) {
            throw Errors.of(e);
        }
    }

    /**
     * The VM's instance. LXD says the same of a missing instance and of an instance in a missing project, and
     * Directors build a second VM on a wrong answer, so the project is looked at before an instance counts as absent.
     */
    private Optional<Instance> find(Call call, LxdSession lxd, VmCid vm) {
        Optional<Instance> instance = lxd.instances().find(vm.value());
        if (instance.isEmpty()) {
            String project = cloud.project(call);
            if (!project.equals("default") && lxd.projects().find(project).isEmpty()) {
                throw new CpiException(
                        ErrorType.CLOUD_ERROR, "The project " + project + " (lxd.project) is not on the server");
            }
        }
        return instance;
    }

    /** Also without the instance: a delete that was cut off between the two is made good by the next. */
    private void deleteEphemeralDisk(LxdSession lxd, VmCid vm, Optional<Instance> instance) {
        Optional<String> pool = instance.isPresent()
                ? VmDevices.ephemeralDiskPool(instance.get())
                : Optional.of(cloud.config().storagePoolName());
        if (pool.isEmpty()) {
            return;
        }
        try {
            lxd.volumes(pool.get()).delete(VmPlanner.ephemeralDiskName(vm));
        } catch (LxdException e) {
            if (!e.isMissing(Subject.POOL)) {
                throw e;
            }
        }
    }

    /** Stops and removes an instance whatever it does; one that is absent is fine. */
    static void remove(LxdSession lxd, VmCid vm) {
        try {
            lxd.instances().stop(vm.value(), true, SHUTDOWN_TIME);
        } catch (LxdException e) {
            if (!e.isMissing(Subject.INSTANCE)) {
                throw e;
            }
        }
        lxd.instances().delete(vm.value());
    }

    private static boolean restartCleanly(LxdSession lxd, VmCid vm) {
        try {
            lxd.instances().restart(vm.value(), false, SHUTDOWN_TIME);
            return true;
        } catch (LxdException e) {
            if (e.is(Kind.GUEST_TIMEOUT)) {
                return false;
            }
            throw e;
        }
    }

    private static void refuseForeign(Instance instance) {
        if (!Tags.KIND_VM.equals(instance.config().get(Tags.KIND))) {
            throw new CpiException(
                    ErrorType.CLOUD_ERROR,
                    "The instance " + instance.name() + " was not made by this CPI (it has no mark " + Tags.KIND + "="
                            + Tags.KIND_VM + "), so it is not deleted");
        }
    }

    private static CpiException notFound(VmCid vm) {
        return new CpiException(ErrorType.VM_NOT_FOUND, "The VM " + vm + " is not on the server");
    }
}
