package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.spi.VmCid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The disks among an instance's devices. */
final class VmDevices {
    /** Where persistent disks come into a container; warden stemcells have the directory, and their agent knows it. */
    static final String DISKS = "/warden-cpi-dev/";

    private VmDevices() {}

    /** The pool of the VM's ephemeral disk, if it has one. */
    static Optional<String> ephemeralDiskPool(Instance instance) {
        String volume = VmPlanner.ephemeralDiskName(new VmCid(instance.name()));
        for (Map<String, String> device : instance.devices().values()) {
            if (volume.equals(device.get("source"))) {
                return Optional.ofNullable(device.get("pool"));
            }
        }
        return Optional.empty();
    }

    /** The volumes of the persistent disks that are attached. */
    static List<String> persistentDisks(Instance instance) {
        List<String> volumes = new ArrayList<>();
        for (Map.Entry<String, Map<String, String>> device : instance.devices().entrySet()) {
            if (isPersistentDisk(device.getKey(), device.getValue())) {
                volumes.add(device.getKey());
            }
        }
        return volumes;
    }

    /** A persistent disk's device is named as its volume, and mounted where the agent looks for disks. */
    static Map<String, String> persistentDisk(String pool, String volume) {
        return Map.of("type", "disk", "pool", pool, "source", volume, "path", DISKS + volume);
    }

    private static boolean isPersistentDisk(String name, Map<String, String> device) {
        return name.equals(device.get("source")) && (DISKS + name).equals(device.get("path"));
    }
}
