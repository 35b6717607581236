package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.client.model.InstanceRef;
import io.boshcpi.lxd.client.model.Volume;
import java.util.ArrayList;
import java.util.List;

/** A persistent disk's volume and the pool that contains it. */
record LocatedDisk(String pool, Volume volume) {
    /** The names of the instances that it is attached to; a disk must never be on two. */
    List<String> attachedTo() {
        List<String> instances = new ArrayList<>();
        for (InstanceRef instance : volume.attachedTo()) {
            instances.add(instance.name());
        }
        return instances;
    }
}
