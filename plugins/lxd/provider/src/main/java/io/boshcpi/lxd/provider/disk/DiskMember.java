package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The member of a cluster that has a disk. A volume of a local pool is on one member and can be attached there alone; what
 * is in a remote pool (ceph) is on none, and neither is anything without a cluster.
 */
public final class DiskMember {
    private DiskMember() {}

    /**
     * The member that has all of these disks, or empty if none of them is bound to one. A disk that is not there binds
     * nothing: {@code attach_disk} reports it.
     */
    public static Optional<String> ofAll(LxdSession lxd, String configuredPool, List<DiskCid> disks) {
        DiskLocator locator = new DiskLocator(lxd, configuredPool);
        String member = null;
        DiskCid first = null;
        for (DiskCid disk : disks) {
            Optional<LocatedDisk> located = locator.find(disk);
            String place = located.isPresent() ? member(located.get().volume().location()) : null;
            if (member != null && place != null && !member.equals(place)) {
                throw CpiException.badRequest("The disk " + first + " is on the cluster member " + member
                        + " and the disk " + disk + " on " + place + "; one VM cannot have both");
            } else if (place != null) {
                member = place;
                first = disk;
            }
        }
        return Optional.ofNullable(member);
    }

    /** The member that the instance is on; empty if there is no instance or no cluster. */
    public static Optional<String> of(Optional<Instance> instance) {
        return instance.isPresent() ? Optional.ofNullable(member(instance.get().location())) : Optional.empty();
    }

    /** Without a cluster the servers say "none". */
    static @Nullable String member(String location) {
        return location.isEmpty() || location.equals("none") ? null : location;
    }
}
