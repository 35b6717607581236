package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.client.model.InstanceRef;
import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.provider.server.Marks;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.ErrorType;
import java.util.ArrayList;
import java.util.List;

/** A persistent disk's volume and the pool that contains it. */
record LocatedDisk(String pool, Volume volume) {
    DiskCid cid() {
        return new DiskCid(volume.name());
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
