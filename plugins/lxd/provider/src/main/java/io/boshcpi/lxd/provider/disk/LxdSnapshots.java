package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.client.session.Volumes;
import io.boshcpi.lxd.provider.server.LxdCloud;
import io.boshcpi.lxd.provider.server.ServerAction;
import io.boshcpi.lxd.provider.server.ServerTask;
import io.boshcpi.lxd.provider.server.Undo;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.SnapshotCid;
import io.boshcpi.spi.Snapshots;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.UUID;

/** Snapshots of volumes. A snapshot's CID is the disk's, a dot, and the snapshot's name. */
public final class LxdSnapshots implements Snapshots {
    private final LxdCloud cloud;

    public LxdSnapshots(LxdCloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public SnapshotCid create(Call call, DiskCid disk, Map<String, String> metadata) {
        return cloud.run(call, new ServerTask<>() {
            @Override
            protected SnapshotCid run(LxdSession lxd, Undo undo) {
                String name = "snap-" + UUID.randomUUID();
                LocatedDisk located = locator(lxd).get(disk);
                undo.register(new SnapshotRemoval(located, name));
                lxd.volumes(located.pool()).snapshots(disk.value()).create(name, description(metadata));
                return new SnapshotCid(disk.value() + "." + name);
            }
        });
    }

    @Override
    public void delete(Call call, SnapshotCid snapshot) {
        int dot = snapshot.value().lastIndexOf('.');
        if (dot < 1 || dot == snapshot.value().length() - 1) {
            return; // Not a CID of this CPI, hence absent.
        }
        DiskCid disk = new DiskCid(snapshot.value().substring(0, dot));
        String name = snapshot.value().substring(dot + 1);
        cloud.run(call, new ServerAction() {
            @Override
            protected void act(LxdSession lxd) {
                locator(lxd).delete(disk, new DeleteSnapshot(disk, name));
            }
        });
    }

    /** What BOSH says about the snapshot, for operators who list snapshots with the server's own tools. */
    private static String description(Map<String, String> metadata) {
        StringJoiner description = new StringJoiner(", ");
        for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
            description.add(entry.getKey() + "=" + entry.getValue());
        }
        return description.toString();
    }

    private DiskLocator locator(LxdSession lxd) {
        return new DiskLocator(lxd, cloud.config().storagePoolName());
    }

    private record DeleteSnapshot(DiskCid disk, String name) implements DiskLocator.PoolRequest {
        @Override
        public boolean send(Volumes volumes) {
            return volumes.snapshots(disk.value()).delete(name);
        }
    }

    /** Undoes the creation of a snapshot. */
    private static final class SnapshotRemoval extends Undo.Step {
        private final LocatedDisk disk;
        private final String snapshot;

        SnapshotRemoval(LocatedDisk disk, String snapshot) {
            super("snapshot " + snapshot + " of the volume " + disk.volume().name());
            this.disk = disk;
            this.snapshot = snapshot;
        }

        @Override
        protected void undo(LxdSession lxd) {
            lxd.volumes(disk.pool()).snapshots(disk.volume().name()).delete(snapshot);
        }
    }
}
