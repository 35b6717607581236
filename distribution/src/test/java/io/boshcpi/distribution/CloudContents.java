package io.boshcpi.distribution;

import io.boshcpi.lxd.client.model.Image;
import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.client.model.VolumeSnapshot;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.client.session.VolumeSnapshots;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is in a project of a server, in the words of {@link DirectorsView}. */
public final class CloudContents {
    private CloudContents() {}

    /** All that is there. */
    public static SortedSet<String> of(LxdSession lxd, Collection<String> pools) {
        SortedSet<String> facts = new TreeSet<>();
        for (Image image : lxd.images().list()) {
            facts.add("stemcell sc-" + image.fingerprint());
        }
        for (Instance vm : lxd.instances().list()) {
            facts.add("vm " + vm.name() + " is " + vm.status());
        }
        for (String pool : pools) {
            for (Volume volume : lxd.volumes(pool).list()) {
                addVolume(
                        facts,
                        volume,
                        lxd.volumes(pool).snapshots(volume.name()).list());
            }
        }
        return facts;
    }

    /** Removes it all. */
    public static void delete(LxdSession lxd, Collection<String> pools) {
        for (Instance vm : lxd.instances().list()) {
            if (!vm.status().equals("Stopped")) {
                lxd.instances().stop(vm.name(), true, Duration.ZERO);
            }
            lxd.instances().delete(vm.name());
        }
        for (String pool : pools) {
            for (Volume volume : lxd.volumes(pool).list()) {
                VolumeSnapshots snapshots = lxd.volumes(pool).snapshots(volume.name());
                snapshots.list().forEach(snapshot -> snapshots.delete(snapshot.name()));
                lxd.volumes(pool).delete(volume.name());
            }
        }
        lxd.images().list().forEach(image -> lxd.images().delete(image.fingerprint()));
    }

    private static void addVolume(Collection<String> facts, Volume volume, List<VolumeSnapshot> snapshots) {
        String disk = "disk " + volume.name();
        facts.add(disk + " has " + volume.config().get("size"));
        volume.attachedTo().forEach(vm -> facts.add(disk + " is attached to " + vm.name()));
        snapshots.forEach(snapshot -> facts.add("snapshot " + volume.name() + "." + snapshot.name()));
    }
}
