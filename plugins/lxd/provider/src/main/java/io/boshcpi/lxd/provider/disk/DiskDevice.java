package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.server.GuestDevices;
import io.boshcpi.lxd.spi.VolumeRequest.Content;
import io.boshcpi.spi.DiskCid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The device of an instance that attaches a persistent disk. Its name is the disk's CID. */
public final class DiskDevice {
    /** The guest's directory of persistent disks; warden stemcells have it, and their agent knows it. */
    static final String DIRECTORY = "/warden-cpi-dev/";

    /** The devices of a virtual machine's ephemeral disk and config drive. */
    public static final String EPHEMERAL = "ephemeral";

    public static final String CONFIG = "config";

    private static final Set<String> OWN = Set.of(EPHEMERAL, CONFIG);

    private DiskDevice() {}

    /** The device of a volume that the Director knows by that CID. */
    static Map<String, String> of(LocatedDisk located, DiskCid disk) {
        String volume = located.volume().name();
        return DiskContent.of(located.volume()) == Content.BLOCK
                ? Map.of("type", "disk", "pool", located.pool(), "source", volume)
                : Map.of("type", "disk", "pool", located.pool(), "source", volume, "path", DIRECTORY + disk.value());
    }

    /** Where the guest finds the disk: a directory in a container, a block device in a virtual machine. */
    static String path(LxdSession lxd, LocatedDisk located, DiskCid disk) {
        return DiskContent.of(located.volume()) == Content.BLOCK
                ? GuestDevices.byId(lxd.server(), disk.value())
                : DIRECTORY + disk.value();
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

    /**
     * A block volume has no path. The other disks without one are the CPI's own, whose names no disk has, and none of the
     * operator's.
     */
    private static boolean isPersistentDisk(String name, Map<String, String> device) {
        String path = device.get("path");
        boolean inPlace = path == null ? !OWN.contains(name) : path.equals(DIRECTORY + name);
        return "disk".equals(device.get("type")) && device.containsKey("source") && inPlace;
    }
}
