package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.server.LxdConfig;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The member of a cluster that has a disk. A volume of a local pool is on one member and can be attached there alone, unless
 * it is brought to another; what is in a remote pool (ceph) is on none, and neither is anything without a cluster.
 */
public final class DiskMember {
    private DiskMember() {}

    /**
     * The member that a VM with certain disks belongs on.
     *
     * @param obstacle why its disk does not follow the VM to another member, as a part of a sentence; null if it does
     */
    public record Choice(String member, @Nullable String obstacle) {}

    /**
     * The member of the disk that does not follow its VM, or else of the largest; empty if none of them is bound to one. A
     * disk that is not there binds nothing: {@code attach_disk} reports it.
     */
    public static Optional<Choice> ofAll(LxdSession lxd, LxdConfig config, List<DiskCid> disks) {
        DiskLocator locator = new DiskLocator(lxd, config.storagePoolName());
        DiskCid bound = null;
        Choice ofBound = null;
        Choice ofLargest = null;
        long largest = -1;
        for (DiskCid disk : disks) {
            Optional<LocatedDisk> located = locator.find(disk);
            String member = located.isPresent() ? located.get().member() : null;
            if (located.isEmpty() || member == null) {
                continue;
            }
            Choice choice = new Choice(member, DiskFollowing.obstacle(config, located.get()));
            if (choice.obstacle() == null) {
                if (located.get().sizeMib() > largest) {
                    ofLargest = choice;
                    largest = located.get().sizeMib();
                }
            } else if (ofBound == null || ofBound.member().equals(member)) {
                ofBound = choice;
                bound = disk;
            } else {
                throw CpiException.badRequest("The disk " + bound + " is on the cluster member " + ofBound.member()
                        + " and the disk " + disk + " on " + member + "; one VM cannot have both, since "
                        + choice.obstacle());
            }
        }
        return Optional.ofNullable(ofBound == null ? ofLargest : ofBound);
    }

    /** The member that the instance is on; empty if there is no instance or no cluster. */
    public static Optional<String> of(Optional<Instance> instance) {
        return instance.isPresent()
                ? Optional.ofNullable(LocatedDisk.member(instance.get().location()))
                : Optional.empty();
    }
}
