package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.provider.disk.DiskDevice;
import io.boshcpi.lxd.provider.disk.VolumePlan;
import io.boshcpi.lxd.provider.server.Marks;
import io.boshcpi.lxd.provider.server.Origin;
import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeRequest;
import io.boshcpi.spi.VmCid;
import java.util.Map;
import java.util.TreeMap;

/** A VM's volume for {@code /var/vcap/data}, which lives and dies with the VM. */
final class EphemeralDisk {
    static final String DEVICE = DiskDevice.EPHEMERAL;

    /** Where BOSH jobs expect it. */
    private static final String PATH = "/var/vcap/data";

    private EphemeralDisk() {}

    static VolumePlan plan(VmCid vm, String pool, VolumeRequest wanted, StorageDriver driver, Origin origin) {
        Map<String, String> config = new TreeMap<>(driver.volumeConfig(wanted));
        config.putAll(Marks.of(Marks.KIND_EPHEMERAL_DISK, origin));
        config.put(Marks.VM, vm.value());
        return new VolumePlan(pool, nameFor(vm.value()), wanted.content(), config);
    }

    /** A container gets it where jobs expect it; the agent of a virtual machine formats and mounts it. */
    static Map<String, String> device(VolumePlan volume) {
        return volume.content() == VolumeRequest.Content.BLOCK
                ? Map.of("type", "disk", "pool", volume.pool(), "source", volume.name())
                : Map.of("type", "disk", "pool", volume.pool(), "source", volume.name(), "path", PATH);
    }

    /** The name of the volume. */
    static String nameFor(String vm) {
        return vm + "-ephemeral";
    }
}
