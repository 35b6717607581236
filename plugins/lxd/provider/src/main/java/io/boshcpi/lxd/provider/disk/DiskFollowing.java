package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.provider.server.LxdConfig;
import io.boshcpi.lxd.provider.server.Origin;
import io.boshcpi.lxd.provider.server.Undo;
import org.jspecify.annotations.Nullable;

/** How {@code attach_disk} brings disks to the member of their VM. */
record DiskFollowing(LxdConfig config, Undo undo, Origin origin) {
    /** Why a disk does not follow its VM to another member of the cluster, as a part of a sentence; null if it does. */
    static @Nullable String obstacle(LxdConfig config, LocatedDisk disk) {
        long most = config.disksFollowUpToMib();
        if (most == 0) {
            return "lxd.disks_follow_vms is false";
        } else if (disk.sizeMib() > most) {
            return "it has " + disk.sizeMib() + " MiB, more than the " + most + " of lxd.disks_follow_max_mib";
        }
        return null;
    }
}
