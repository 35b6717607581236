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

    static Map<String, String> of(String pool, DiskCid disk) {
        return Map.of("type", "disk", "pool", pool, "source", disk.value(), "path", path(disk));
    }

    /** Where the guest finds the disk. */
    static String path(DiskCid disk) {
        return DIRECTORY + disk.value();
    }

    /** Whether an instance has the disk; a NIC or another disk of that name does not count. */
    static boolean isAttached(Instance instance, DiskCid disk) {
        Map<String, String> device = instance.devices().getOrDefault(disk.value(), Map.of());
        return "disk".equals(device.get("type")) && disk.value().equals(device.get("source"));
    }

    /** The persistent disks that are attached to an instance. */
    public static List<DiskCid> disksOf(Instance instance) {
        List<DiskCid> disks = new ArrayList<>();
        for (Map.Entry<String, Map<String, String>> device : instance.devices().entrySet()) {
            String name = device.getKey();
            boolean isDisk = name.equals(device.getValue().get("source"))
                    && (DIRECTORY + name).equals(device.getValue().get("path"));
            if (isDisk) {
                disks.add(new DiskCid(name));
            }
        }
        return disks;
    }
}
