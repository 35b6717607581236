package io.boshcpi.lxd.provider.gc;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.model.Image;
import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.server.Marks;
import io.boshcpi.lxd.provider.stemcell.LxdStemcells;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists the objects of a project once and picks the orphans. */
final class OrphanSearch {
    private final LxdSession lxd;
    private final String configuredPool;
    private final Set<String> instances = new HashSet<>();
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
        for (String pool : pools()) {
            for (Volume volume : lxd.volumes(pool).list()) {
                consider(pool, volume);
            }
        }
        for (Image image : lxd.images().list()) {
            consider(image);
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
        if (Marks.haveKind(marks, Marks.KIND_EPHEMERAL_DISK) && !instances.contains(marks.getOrDefault(Marks.VM, ""))) {
            orphans.add(new Orphan.LostEphemeralDisk(pool, volume));
        } else if (Marks.haveKind(marks, Marks.KIND_PERSISTENT_DISK) && Marks.areUnconfirmed(marks)) {
            orphans.add(new Orphan.UnconfirmedDisk(pool, volume));
        }
    }

    private void consider(Image image) {
        Map<String, String> marks = image.properties();
        if (Marks.haveKind(marks, Marks.KIND_STEMCELL) && !LxdStemcells.isInUse(marks)) {
            orphans.add(new Orphan.UnusedImage(image));
        }
    }

    /** Incus lists no pools for a restricted certificate; all disks are then in the configured pool. */
    private List<String> pools() {
        try {
            return lxd.pools().names();
        } catch (LxdException e) {
            if (e.is(LxdException.Kind.FORBIDDEN)) {
                return List.of(configuredPool);
            }
            throw e;
        }
    }
}
