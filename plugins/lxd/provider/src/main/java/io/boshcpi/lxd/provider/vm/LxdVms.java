package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.disk.DiskDevice;
import io.boshcpi.lxd.provider.server.LxdCloud;
import io.boshcpi.lxd.provider.server.Marks;
import io.boshcpi.lxd.provider.server.ServerAction;
import io.boshcpi.lxd.provider.server.ServerTask;
import io.boshcpi.lxd.provider.server.Undo;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** VMs as instances; a VM's CID is its instance's name. */
public final class LxdVms implements Vms {
    /** How long a guest may take to shut down before it is stopped by force. */
    private static final Duration SHUTDOWN_TIME = Duration.ofSeconds(20);

    private final LxdCloud cloud;

    public LxdVms(LxdCloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public CreatedVm create(Call call, VmRequest request) {
        VmCid vm = new VmCid("vm-" + UUID.randomUUID());
        return cloud.run(call, new VmCreation(cloud, call, vm, request));
    }

    @Override
    public boolean exists(Call call, VmCid vm) {
        return cloud.run(call, new ServerTask<>() {
            @Override
            protected Boolean run(LxdSession lxd, Undo undo) {
                return find(lxd, vm).isPresent();
            }
        });
    }

    @Override
    public void delete(Call call, VmCid vm) {
        cloud.run(call, new ServerAction() {
            @Override
            protected void act(LxdSession lxd) {
                Optional<Instance> instance = find(lxd, vm);
                if (instance.isPresent()) {
                    refuseForeign(instance.get(), "deleted");
                    VmRemoval.remove(lxd, instance.get());
                } else {
                    OwnVolumes.deleteLeft(lxd, cloud.config().storagePoolName(), vm);
                }
            }
        });
    }

    @Override
    public void reboot(Call call, VmCid vm) {
        cloud.run(call, new ServerAction() {
            @Override
            protected void act(LxdSession lxd) {
                Instance instance = get(lxd, vm);
                refuseForeign(instance, "restarted");
                if (!instance.isRunning() || !restartCleanly(lxd, vm)) {
                    lxd.instances().restart(vm.value(), true, SHUTDOWN_TIME);
                }
            }
        });
    }

    @Override
    public void setMetadata(Call call, VmCid vm, Map<String, String> metadata) {
        cloud.run(call, new ServerAction() {
            @Override
            protected void act(LxdSession lxd) {
                refuseForeign(get(lxd, vm), "changed");
                try {
                    lxd.instances().patch(vm.value(), Marks.ofConfirmed(metadata), Map.of());
                } catch (LxdException e) {
                    throw e.isMissing(Subject.INSTANCE) ? notFound(vm) : e;
                }
            }
        });
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
        return cloud.run(call, new ServerTask<>() {
            @Override
            protected List<DiskCid> run(LxdSession lxd, Undo undo) {
                return DiskDevice.disksOf(get(lxd, vm));
            }
        });
    }

    private static Instance get(LxdSession lxd, VmCid vm) {
        Optional<Instance> instance = find(lxd, vm);
        if (instance.isEmpty()) {
            throw notFound(vm);
        }
        return instance.get();
    }

    /**
     * The VM's instance. LXD answers the same for a missing instance and for an instance in a missing project, and
     * Directors create a second VM on a wrong answer, so an instance counts as absent only if its project exists.
     */
    private static Optional<Instance> find(LxdSession lxd, VmCid vm) {
        Optional<Instance> instance = lxd.instances().find(vm.value());
        if (instance.isEmpty()) {
            if (!lxd.project().equals("default")) {
                LxdCloud.existingProject(lxd);
            }
        }
        return instance;
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

    private static void refuseForeign(Instance instance, String participle) {
        if (!Marks.haveKind(instance.config(), Marks.KIND_VM)) {
            throw new CpiException(
                    ErrorType.CLOUD_ERROR,
                    "The instance " + instance.name() + " was not made by this CPI (it has no mark " + Marks.KIND + "="
                            + Marks.KIND_VM + "), so it is not " + participle);
        }
    }

    private static CpiException notFound(VmCid vm) {
        return new CpiException(ErrorType.VM_NOT_FOUND, "The VM " + vm + " is not on the server");
    }
}
