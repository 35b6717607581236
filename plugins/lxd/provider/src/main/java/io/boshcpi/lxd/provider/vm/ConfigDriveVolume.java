package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.client.model.Bytes;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.disk.DiskDevice;
import io.boshcpi.lxd.provider.disk.VolumePlan;
import io.boshcpi.lxd.provider.image.VolumeBackup;
import java.util.Map;
import java.util.Optional;

/**
 * The volume with a virtual machine's config drive, which lives and dies with the VM. Its content has secrets; a volume
 * belongs to the project, and the VM alone has it as a device.
 *
 * <p>It is a block volume, also where the server has volumes for ISO images: those cannot have marks, since their
 * configuration can neither be given nor changed (Incus 6.0.4: "Custom ISO volume config cannot be changed").
 *
 * @param volume where it is to be, and its marks
 * @param drive its content
 */
record ConfigDriveVolume(VolumePlan volume, Bytes drive) {
    /** The device's name. */
    static final String DEVICE = DiskDevice.CONFIG;

    private static final String SUFFIX = "-config";

    static String nameFor(String vm) {
        return vm + SUFFIX;
    }

    Map<String, String> device() {
        return Map.of("type", "disk", "pool", volume.pool(), "source", volume.name(), "readonly", "true");
    }

    /**
     * Creates the volume with its content.
     *
     * @param target the cluster member to put it on
     */
    void create(LxdSession lxd, Optional<String> target) {
        byte[] backup = VolumeBackup.ofBlock(volume.name(), volume.config(), drive.toArray());
        lxd.volumes(volume.pool()).importBackup(volume.name(), backup, target.orElse(null));
    }

    /** Without the content. */
    @Override
    public String toString() {
        return "ConfigDriveVolume[" + volume + "]";
    }
}
