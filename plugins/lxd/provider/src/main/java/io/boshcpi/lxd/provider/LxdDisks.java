package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.client.LxdException;
import io.boshcpi.lxd.client.LxdException.Kind;
import io.boshcpi.lxd.client.LxdException.Subject;
import io.boshcpi.lxd.client.LxdSession;
import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeRequest;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.DiskHint;
import io.boshcpi.spi.DiskRequest;
import io.boshcpi.spi.Disks;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.VmCid;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Persistent disks as custom volumes with a file system; a disk's CID is its volume's name. */
final class LxdDisks implements Disks {
    private final LxdCloud cloud;

    LxdDisks(LxdCloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public DiskCid create(Call call, DiskRequest request) {
        try {
            LxdSession lxd = cloud.session(call);
            String pool = request.properties()
                    .string("storage_pool")
                    .orElse(cloud.config().storagePoolName());
            StorageDriver driver = Pools.driver(cloud, lxd, pool);
            DiskCid disk = DiskName.create(pool, new SecureRandom());
            VolumePlan plan = plan(call, disk, pool, driver, request);
            create(call, lxd, plan, target(lxd, request.vm()));
            return disk;
        } catch (LxdException e) {
            throw Errors.of(e);
        }
    }

    @Override
    public void delete(Call call, DiskCid disk) {
        try {
            DiskLocator locator = locator(cloud.session(call));
            try {
                locator.delete(disk, volumes -> volumes.delete(disk.value()));
            } catch (LxdException e) {
                throw e.is(Kind.IN_USE) ? stillAttached(locator, disk, e) : e;
            }
        } catch (LxdException e) {
            throw Errors.of(e);
        }
    }

    /** The server refuses to delete a disk that an instance has, running or not, but does not name the instance. */
    private static RuntimeException stillAttached(DiskLocator locator, DiskCid disk, LxdException refusal) {
        List<String> instances =
                locator.find(disk).map(DiskLocator.Located::attachedTo).orElse(List.of());
        return instances.isEmpty()
                ? refusal
                : new CpiException(
                        ErrorType.CLOUD_ERROR,
                        "The disk " + disk + " is attached to " + String.join(", ", instances)
                                + "; it is not deleted before it is detached",
                        refusal);
    }

    @Override
    public boolean exists(Call call, DiskCid disk) {
        try {
            return locator(cloud.session(call)).find(disk).isPresent();
        } catch (LxdException e) {
            throw Errors.of(e);
        }
    }

    @Override
    public DiskHint attach(Call call, VmCid vm, DiskCid disk) {
        try {
            LxdSession lxd = cloud.session(call);
            DiskLocator.Located located = locator(lxd).get(disk);
            List<String> instances = located.attachedTo();
            if (!instances.contains(vm.value())) {
                if (!instances.isEmpty()) {
                    throw new CpiException(
                            ErrorType.CLOUD_ERROR,
                            "The disk " + disk + " is attached to " + String.join(", ", instances)
                                    + "; two VMs that write to it would destroy its data");
                }
                lxd.instances()
                        .patch(
                                vm.value(),
                                Map.of(),
                                Map.of(disk.value(), VmDevices.persistentDisk(located.pool(), disk.value())));
            }
            return new DiskHint(VmDevices.DISKS + disk.value());
        } catch (LxdException e) {
            throw e.isMissing(Subject.INSTANCE)
                    ? new CpiException(ErrorType.VM_NOT_FOUND, "The VM " + vm + " is not on the server", e)
                    : Errors.of(e);
        }
    }

    @Override
    public void detach(Call call, VmCid vm, DiskCid disk) {
        try {
            LxdSession lxd = cloud.session(call);
            Optional<Instance> instance = lxd.instances().find(vm.value());
            if (instance.isPresent() && instance.get().devices().containsKey(disk.value())) {
                if (!instance.get().isStopped()) {
                    new MountGuard(lxd, call.deadline()).awaitUnmounted(vm, disk);
                }
                lxd.instances().removeDevice(instance.get(), disk.value());
            }
        } catch (LxdException e) {
            throw Errors.of(e);
        }
    }

    @Override
    public void setMetadata(Call call, DiskCid disk, Map<String, String> metadata) {
        try {
            LxdSession lxd = cloud.session(call);
            Map<String, String> marks = Tags.ofMetadata(metadata);
            marks.put(Tags.STATE, Tags.STATE_READY); // Only a Director that got the CID can call this.
            locator(lxd).change(disk, volumes -> volumes.patchConfig(disk.value(), marks));
        } catch (LxdException e) {
            throw Errors.of(e);
        }
    }

    private VolumePlan plan(Call call, DiskCid disk, String pool, StorageDriver driver, DiskRequest request) {
        request.properties().bind(DiskProperties.class, driver.options());
        Map<String, String> config = new TreeMap<>(driver.volumeConfig(new VolumeRequest(
                request.sizeMib(),
                VolumeRequest.Content.FILESYSTEM,
                request.properties().only(driver.options().names()))));
        config.putAll(Tags.of(Tags.KIND_PERSISTENT_DISK, call, cloud.now()));
        config.put(Tags.SIZE, String.valueOf(request.sizeMib()));
        return new VolumePlan(pool, disk.value(), VolumeRequest.Content.FILESYSTEM, config);
    }

    private void create(Call call, LxdSession lxd, VolumePlan plan, Optional<String> target) {
        Undo undo = new Undo();
        undo.register(
                "volume " + plan.name() + " in pool " + plan.pool(),
                () -> cloud.undoSession(call).volumes(plan.pool()).delete(plan.name()));
        try {
            Pools.create(lxd, plan, target);
        } catch (RuntimeException e) {
            undo.run(e);
            throw e;
        }
    }

    /** On a cluster, a disk that is local to a member has to be where its VM is. */
    private static Optional<String> target(LxdSession lxd, Optional<VmCid> vm) {
        return vm.flatMap(cid -> lxd.instances().find(cid.value()))
                .map(Instance::location)
                .filter(location -> !location.isEmpty() && !location.equals("none"));
    }

    private DiskLocator locator(LxdSession lxd) {
        return new DiskLocator(lxd, cloud.config().storagePoolName());
    }
}
