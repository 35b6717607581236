package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.provider.server.LxdCloud;
import io.boshcpi.lxd.provider.server.LxdConfig;
import io.boshcpi.lxd.provider.server.Undo;
import org.jspecify.annotations.Nullable;

/** How one {@code attach_disk} may bring a disk to the member of its VM. */
record DiskFollowing(LxdCloud cloud, Undo undo) {
    /** Why the disk does not follow its VM to another member of the cluster, as a part of a sentence; null if it does. */
    @Nullable
    String obstacle(LocatedDisk disk) {
        return obstacle(cloud.config(), disk);
    }

    static @Nullable String obstacle(LxdConfig config, LocatedDisk disk) {
        long most = config.disksFollowUpToMib();
        if (most == 0) {
            return "lxd.disks_follow_vms is false";
        } else if (disk.sizeMib() > most) {
            return "it has " + disk.sizeMib() + " MiB, more than the " + most + " of lxd.disks_follow_max_mib";
        }
        return null;
    }

    /** The time, for the marks of the copy. */
    String now() {
        return cloud.now().toString();
    }
}
