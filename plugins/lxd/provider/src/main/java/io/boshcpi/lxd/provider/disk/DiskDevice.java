package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.spi.DiskCid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The device of an instance that attaches a persistent disk. Its name is the disk's CID. */
public final class DiskDevice {
    /** The guest's directory of persistent disks; warden stemcells have it, and their agent knows it. */
    static final String DIRECTORY = "/warden-cpi-dev/";

    private DiskDevice() {}

    /** The device of a volume that the Director knows by that CID. */
    static Map<String, String> of(LocatedDisk located, DiskCid disk) {
        String volume = located.volume().name();
        return Map.of("type", "disk", "pool", located.pool(), "source", volume, "path", path(disk));
    }

    /** Where the guest finds the disk. */
    static String path(DiskCid disk) {
        return DIRECTORY + disk.value();
    }

    /** Whether an instance has the disk; a NIC or another disk of that name does not count. */
    static boolean isAttached(Instance instance, DiskCid disk) {
        Map<String, String> device = instance.devices().getOrDefault(disk.value(), Map.of());
        return isPersistentDisk(disk.value(), device);
    }

    /** The persistent disks that are attached to an instance. */
    public static List<DiskCid> disksOf(Instance instance) {
        List<DiskCid> disks = new ArrayList<>();
        for (Map.Entry<String, Map<String, String>> device : instance.devices().entrySet()) {
            if (isPersistentDisk(device.getKey(), device.getValue())) {
                disks.add(new DiskCid(device.getKey()));
            }
        }
        return disks;
    }

    private static boolean isPersistentDisk(String name, Map<String, String> device) {
        return "disk".equals(device.get("type")) && (DIRECTORY + name).equals(device.get("path"));
    }
}
