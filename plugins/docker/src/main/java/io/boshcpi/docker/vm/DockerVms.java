package io.boshcpi.docker.vm;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import io.boshcpi.docker.engine.Engine;
import io.boshcpi.docker.engine.Errors;
import io.boshcpi.docker.engine.Labels;
import io.boshcpi.docker.engine.Metadata;
import io.boshcpi.docker.engine.Undo;
import io.boshcpi.docker.engine.Volumes;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.CreatedVm;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.Options;
import io.boshcpi.spi.VmCid;
import io.boshcpi.spi.VmRequest;
import io.boshcpi.spi.VmResources;
import io.boshcpi.spi.Vms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** VMs as containers; a VM's CID is its container's name and a label of all that belongs to it. */
public final class DockerVms implements Vms {
    /** What the cloud properties of VMs can have. */
    public static final Options OPTIONS = VmProperties.OPTIONS;

    /** What the cloud properties of subnets can have. */
    public static final Options SUBNET_OPTIONS = Nic.OPTIONS;

    private final Engine engine;

    public DockerVms(Engine engine) {
        this.engine = engine;
    }

    @Override
    public CreatedVm create(Call call, VmRequest request) {
        VmCid vm = new VmCid("vm-" + UUID.randomUUID());
        VmCreation creation = new VmCreation(engine, call, vm, request);
        try {
            return engine.run(call, creation::run);
        } catch (CpiException e) {
            throw Errors.ofVmCreation(e);
        }
    }

    @Override
    public boolean exists(Call call, VmCid vm) {
        return engine.run(call, (docker, undo) -> !VmContainers.all(docker, vm).isEmpty());
    }

    @Override
    public void delete(Call call, VmCid vm) {
        engine.run(call, (docker, undo) -> {
            remove(docker, vm);
            return vm;
        });
    }

    /** Removes all that belongs to a VM; succeeds on what is absent. */
    public static void remove(DockerClient docker, VmCid vm) {
        for (Container container : VmContainers.all(docker, vm)) {
            VmContainers.remove(docker, container.getId());
        }
        Volumes.with(docker, Labels.VM, vm.value()).forEach(volume -> Volumes.remove(docker, volume.getName()));
        VmContainers.removeImages(docker, vm, "");
        Metadata.remove(docker, vm.value());
    }

    @Override
    public void reboot(Call call, VmCid vm) {
        engine.run(call, (docker, undo) -> {
            String container = VmContainers.get(docker, vm).getId();
            VmContainers.stop(docker, container);
            VmContainers.start(docker, container);
            return vm;
        });
    }

    @Override
    public void setMetadata(Call call, VmCid vm, Map<String, String> metadata) {
        engine.run(call, (docker, undo) -> {
            if (VmContainers.all(docker, vm).isEmpty()) {
                throw VmContainers.notFound(vm);
            }
            Metadata.add(docker, Labels.of(Labels.KIND_METADATA, call, engine.clock()), vm.value(), metadata);
            return vm;
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
        return engine.run(
                call,
                (docker, undo) ->
                        VmSpec.of(VmContainers.get(docker, vm).getLabels()).disks());
    }

    /**
     * Attaches a persistent disk, whose volume exists.
     *
     * @return where it is in the VM
     */
    public static String attach(DockerClient docker, Undo undo, VmCid vm, DiskCid disk) {
        Container container = VmContainers.get(docker, vm);
        VmSpec spec = VmSpec.of(container.getLabels());
        if (spec.disks().contains(disk)) {
            VmContainers.start(docker, container.getId());
        } else {
            refuseOther(docker, vm, disk);
            // Another call may attach it at the same time: then both see the other's container, and take theirs back.
            new VmRecreation(docker, undo, vm, container).run(spec.with(disk), () -> refuseOther(docker, vm, disk));
        }
        return VmSpec.pathOf(disk);
    }

    private static void refuseOther(DockerClient docker, VmCid vm, DiskCid disk) {
        for (String other : vmsWith(docker, disk)) {
            if (!other.equals(vm.value())) {
                throw new CpiException(
                        ErrorType.CLOUD_ERROR,
                        "The disk " + disk + " is attached to the VM " + other + "; detach it there first");
            }
        }
    }

    /** Detaches a persistent disk; succeeds if VM or attachment are absent. */
    public static void detach(DockerClient docker, Undo undo, VmCid vm, DiskCid disk) {
        Optional<Container> container = VmContainers.find(docker, vm);
        if (container.isPresent()) {
            VmSpec spec = VmSpec.of(container.get().getLabels());
            if (spec.disks().contains(disk)) {
                new VmRecreation(docker, undo, vm, container.get()).run(spec.without(disk), () -> {});
            }
        }
    }

    /** The VMs that a disk is attached to: one at most, but while two calls attach it. */
    public static List<String> vmsWith(DockerClient docker, DiskCid disk) {
        return VmContainers.labelled(docker, Map.of(Labels.KIND, Labels.KIND_VM)).stream()
                .map(Container::getLabels)
                .filter(labels -> VmSpec.of(labels).disks().contains(disk))
                .map(labels -> labels.get(Labels.VM))
                .toList();
    }
}
