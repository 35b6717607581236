package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.provider.disk.VolumePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a new VM that is known before its instance exists.
 *
 * @param instance the instance
 * @param lxcLines lines of {@code raw.lxc} that do not depend on the stemcell
 * @param ephemeralDisk the volume on {@code /var/vcap/data}, if the VM gets one
 * @param configDrive what the agent of a virtual machine reads its settings from; empty for a container
 * @param guest what the files of a container depend on, with any stemcell; empty for a virtual machine
 * @param networks the networks as the agent is told them
 */
record VmPlan(
        InstancePlan instance,
        List<String> lxcLines,
        Optional<VolumePlan> ephemeralDisk,
        Optional<ConfigDriveVolume> configDrive,
        Optional<GuestInputs> guest,
        Map<String, Map<String, @Nullable Object>> networks) {
    private static final Set<String> OWN_VOLUMES = Set.of(EphemeralDisk.DEVICE, ConfigDriveVolume.DEVICE);

    /** The devices whose volumes are the VM's own. */
    Map<String, Map<String, String>> ownVolumes() {
        Map<String, Map<String, String>> own = new TreeMap<>(instance.devices());
        own.keySet().retainAll(OWN_VOLUMES);
        return own;
    }

    /** The same VM without these devices: what is made before it is known where in a cluster they have to be. */
    VmPlan withoutOwnVolumes() {
        return new VmPlan(instance.without(OWN_VOLUMES), lxcLines, ephemeralDisk, configDrive, guest, networks);
    }

    /** The whole of {@code raw.lxc}, in which later lines override earlier ones. */
    String rawLxc(List<String> stemcellsLines) {
        List<String> lines = new ArrayList<>(stemcellsLines);
        lines.addAll(lxcLines);
        return String.join("\n", lines);
    }
}
