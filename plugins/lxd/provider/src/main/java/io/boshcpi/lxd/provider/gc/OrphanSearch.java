package io.boshcpi.lxd.provider.gc;

import io.boshcpi.lxd.client.model.Image;
import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.model.Network;
import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.client.model.VolumeSnapshot;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.client.session.VolumeListing;
import io.boshcpi.lxd.provider.disk.LxdSnapshots;
import io.boshcpi.lxd.provider.disk.Pools;
import io.boshcpi.lxd.provider.server.Marks;
import io.boshcpi.lxd.provider.stemcell.LxdStemcells;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists the objects of a project once and picks the orphans. */
final class OrphanSearch {
    private static final Logger LOG = LoggerFactory.getLogger(OrphanSearch.class);

    private final LxdSession lxd;
    private final String configuredPool;
    private final Set<String> instances = new HashSet<>();
    private final Set<String> volumeNames = new HashSet<>();
    private final List<Orphan> orphans = new ArrayList<>();

    OrphanSearch(LxdSession lxd, String configuredPool) {
        this.lxd = lxd;
        this.configuredPool = configuredPool;
    }

    List<Orphan> run() {
        for (Instance instance : lxd.instances().list()) {
            instances.add(instance.name());
            consider(instance);
        }
        Map<String, VolumeListing> listings = new LinkedHashMap<>();
        for (String pool : Pools.names(lxd, configuredPool)) {
            listings.put(pool, lxd.volumes(pool).listWithSnapshots());
        }
        listings.values().forEach(listing -> listing.volumes().forEach(volume -> volumeNames.add(volume.name())));
        listings.forEach((pool, listing) -> {
            listing.volumes().forEach(volume -> consider(pool, volume));
            listing.snapshots().forEach(snapshot -> consider(pool, snapshot));
        });
        for (Image image : lxd.images().list()) {
            consider(image);
        }
        for (Network network : lxd.networks().list()) {
            consider(network);
        }
        return orphans;
    }

    private void consider(Instance instance) {
        Map<String, String> marks = instance.config();
        if (Marks.haveKind(marks, Marks.KIND_VM) && Marks.areUnconfirmed(marks)) {
            orphans.add(new Orphan.UnconfirmedVm(instance));
        }
    }

    private void consider(String pool, Volume volume) {
        Map<String, String> marks = volume.config();
        if (!volume.usedBy().isEmpty()) {
            return;
        }
        boolean belongsToVm =
                Marks.haveKind(marks, Marks.KIND_EPHEMERAL_DISK) || Marks.haveKind(marks, Marks.KIND_CONFIG_DRIVE);
        if (belongsToVm && !instances.contains(marks.getOrDefault(Marks.VM, ""))) {
            String reason = "its VM " + marks.get(Marks.VM) + " is gone";
            orphans.add(new Orphan.LostVolume(pool, volume, reason, false));
        } else if (Marks.haveKind(marks, Marks.KIND_PERSISTENT_DISK)) {
            considerDisk(pool, volume);
        }
    }

    /** A copy whose original is gone is the only one, and its Director still knows it by the original's CID. */
    private void considerDisk(String pool, Volume volume) {
        Map<String, String> marks = volume.config();
        String replaces = marks.get(Marks.REPLACES);
        boolean replacement = replaces != null && !replaces.equals(volume.name());
        String original = replacement ? replaces : marks.get(Marks.MOVED_FROM);
        if (!replacement && !Marks.areUnconfirmed(marks)) {
            return;
        }
        if (original == null) {
            String reason = "it was never attached and confirmed by a Director";
            orphans.add(new Orphan.LostVolume(pool, volume, reason, true));
        } else if (volumeNames.contains(original)) {
            boolean complete = Marks.areOfCopy(marks, original);
            String call = replacement ? "attach_disk" : "update_disk";
            String reason = complete
                    ? "it is a copy of " + original + ", which is there; its " + call + " was cut off"
                    : "it is an incomplete copy of " + original + ", which is there";
            orphans.add(new Orphan.LostVolume(pool, volume, reason, complete));
        } else {
            LOG.warn(
                    "The volume {}/{} is the only copy of the disk {} and stays; its Director has it by that CID",
                    pool,
                    volume.name(),
                    original);
        }
    }

    private void consider(String pool, VolumeSnapshot snapshot) {
        boolean own = snapshot.name().startsWith(LxdSnapshots.PREFIX)
                && Marks.haveKind(snapshot.config(), Marks.KIND_PERSISTENT_DISK);
        if (own && snapshot.description().isEmpty()) {
            Optional<String> director = Optional.ofNullable(snapshot.config().get(Marks.DIRECTOR));
            orphans.add(new Orphan.UndescribedSnapshot(pool, snapshot, director));
        }
    }

    private void consider(Network network) {
        Map<String, String> marks = network.config();
        if (Marks.haveKind(marks, Marks.KIND_NETWORK)
                && Marks.areUnconfirmed(marks)
                && network.usedBy().isEmpty()) {
            orphans.add(new Orphan.UnconfirmedNetwork(network));
        }
    }

    private void consider(Image image) {
        Map<String, String> marks = image.properties();
        if (Marks.haveKind(marks, Marks.KIND_STEMCELL) && !LxdStemcells.isInUse(marks)) {
            orphans.add(new Orphan.UnusedImage(image));
        }
    }
}
