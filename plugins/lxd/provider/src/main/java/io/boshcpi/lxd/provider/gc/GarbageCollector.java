package io.boshcpi.lxd.provider.gc;

import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.server.LxdCloud;
import io.boshcpi.lxd.provider.server.ServerTask;
import io.boshcpi.lxd.provider.server.Undo;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.Maintenance.Leftover;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what interrupted calls have left, by the marks on every object, and removes it. */
public final class GarbageCollector {
    private final LxdCloud cloud;

    public GarbageCollector(LxdCloud cloud) {
        this.cloud = cloud;
    }

    /** All leftovers, oldest first. */
    public List<Leftover> find(Call call) {
        return cloud.run(call, new ServerTask<>() {
            @Override
            protected List<Leftover> run(LxdSession lxd, Undo undo) {
                List<Leftover> leftovers = new ArrayList<>();
                for (Orphan orphan : search(lxd)) {
                    leftovers.add(orphan.describe());
                }
                leftovers.sort(
                        Comparator.comparing(leftover -> leftover.madeAt().orElse(Instant.EPOCH)));
                return leftovers;
            }
        });
    }

    /**
     * Removes those that are still orphans in a fresh search.
     *
     * @return the removed ones
     */
    public List<Leftover> remove(Call call, List<Leftover> leftovers) {
        return cloud.run(call, new ServerTask<>() {
            @Override
            protected List<Leftover> run(LxdSession lxd, Undo undo) {
                Map<Orphan.Identity, Leftover> chosen = new HashMap<>();
                for (Leftover leftover : leftovers) {
                    chosen.put(Orphan.Identity.of(leftover), leftover);
                }
                return removeOrphans(lxd, chosen);
            }
        });
    }

    private List<Leftover> removeOrphans(LxdSession lxd, Map<Orphan.Identity, Leftover> chosen) {
        List<Leftover> removed = new ArrayList<>();
        for (Orphan orphan : search(lxd)) {
            Leftover leftover = chosen.get(Orphan.Identity.of(orphan.describe()));
            if (leftover != null) {
                orphan.remove(lxd);
                removed.add(leftover);
            }
        }
        return removed;
    }

    private List<Orphan> search(LxdSession lxd) {
        return new OrphanSearch(lxd, cloud.config().storagePoolName()).run();
    }
}
