package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.disk.VolumePlan;
import io.boshcpi.lxd.provider.server.Marks;
import io.boshcpi.lxd.provider.server.Origin;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeRequest;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.VmCid;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A VM's volume on {@code /var/vcap/data}, which lives and dies with the VM. */
final class EphemeralDisk {
    static final String DEVICE = "ephemeral";

    /** Where BOSH jobs expect it. */
    private static final String PATH = "/var/vcap/data";

    private EphemeralDisk() {}

    static VolumePlan plan(VmCid vm, String pool, int sizeMib, StorageDriver driver, Origin origin) {
        Map<String, String> config = new TreeMap<>(driver.volumeConfig(
                new VolumeRequest(sizeMib, VolumeRequest.Content.FILESYSTEM, PropertyTree.empty("cloud_properties"))));
        config.putAll(Marks.of(Marks.KIND_EPHEMERAL_DISK, origin));
        config.put(Marks.VM, vm.value());
        return new VolumePlan(pool, volume(vm), VolumeRequest.Content.FILESYSTEM, config);
    }

    static Map<String, String> device(VolumePlan volume) {
        return Map.of("type", "disk", "pool", volume.pool(), "source", volume.name(), "path", PATH);
    }

    /** The pool of the VM's ephemeral disk, if it has one. */
    static Optional<String> poolOf(Instance instance) {
        String volume = volume(new VmCid(instance.name()));
        for (Map<String, String> device : instance.devices().values()) {
            if (volume.equals(device.get("source"))) {
                return Optional.ofNullable(device.get("pool"));
            }
        }
        return Optional.empty();
    }

    /** Deletes the volume; succeeds if it or its pool is absent. */
    static void delete(LxdSession lxd, String pool, VmCid vm) {
        try {
            lxd.volumes(pool).delete(volume(vm));
        } catch (LxdException e) {
            if (!e.isMissing(Subject.POOL)) {
                throw e;
            }
        }
    }

    private static String volume(VmCid vm) {
        return vm.value() + "-ephemeral";
    }
}
