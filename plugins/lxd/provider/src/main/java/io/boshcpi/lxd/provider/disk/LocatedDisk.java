package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.client.model.InstanceRef;
import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.provider.server.Marks;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.ErrorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A persistent disk's volume and the pool that contains it. */
record LocatedDisk(String pool, Volume volume) {
    DiskCid cid() {
        return new DiskCid(volume.name());
    }

    /** The member of the cluster that has it; null without a cluster, and for what every member reaches. */
    @Nullable
    String member() {
        return member(volume.location());
    }

    /** The member that a location names: without a cluster the servers say "none". */
    static @Nullable String member(String location) {
        return location.isEmpty() || location.equals("none") ? null : location;
    }

    /** Reads a size that this CPI writes, such as {@code 1024MiB}; any other is 0. */
    long sizeMib() {
        String size = volume.config().getOrDefault("size", "");
        if (!size.endsWith("MiB")) {
            return 0;
        }
        try {
            return Long.parseLong(size.substring(0, size.length() - 3));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Refuses a volume that this CPI did not create, even if it has the name of a disk. */
    LocatedDisk own() {
        if (!Marks.haveKind(volume.config(), Marks.KIND_PERSISTENT_DISK)) {
            throw new CpiException(
                    ErrorType.CLOUD_ERROR,
                    "The volume " + volume.name() + " in the storage pool " + pool
                            + " was not made by this CPI (it has no mark " + Marks.KIND + "="
                            + Marks.KIND_PERSISTENT_DISK + "), so it is left alone");
        }
        return this;
    }

    /** Refuses a disk that an instance has, running or not. */
    void refuseWhileAttached(String consequence) {
        List<String> instances = attachedTo();
        if (!instances.isEmpty()) {
            throw new CpiException(
                    ErrorType.CLOUD_ERROR,
                    "The disk " + volume.name() + " is attached to " + String.join(", ", instances) + consequence);
        }
    }

    /** The names of the instances that it is attached to; a disk must never be on two. */
    List<String> attachedTo() {
        List<String> instances = new ArrayList<>();
        for (InstanceRef instance : volume.attachedTo()) {
            instances.add(instance.name());
        }
        return instances;
    }
}
