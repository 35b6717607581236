package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.client.session.VolumeSnapshots;
import io.boshcpi.lxd.client.session.Volumes;
import io.boshcpi.lxd.provider.server.LxdCloud;
import io.boshcpi.lxd.provider.server.ServerAction;
import io.boshcpi.lxd.provider.server.Undo;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.SnapshotCid;
import io.boshcpi.spi.Snapshots;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Snapshots of volumes. A snapshot's CID is the disk's, a dot, and the snapshot's name. */
public final class LxdSnapshots implements Snapshots {
    private static final Logger LOG = LoggerFactory.getLogger(LxdSnapshots.class);

    /** What the names of this CPI's snapshots begin with. */
    public static final String PREFIX = "snap-";

    private final LxdCloud cloud;

    public LxdSnapshots(LxdCloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public SnapshotCid create(Call call, DiskCid disk, Map<String, String> metadata) {
        return cloud.run(call, new DiskTask<>(disk) {
            @Override
            SnapshotCid change(LxdSession lxd, Undo undo) {
                String name = PREFIX + UUID.randomUUID();
                LocatedDisk located = locator(lxd).get(disk);
                undo.register(new SnapshotRemoval(located, name));
                VolumeSnapshots snapshots =
                        lxd.volumes(located.pool()).snapshots(located.volume().name());
                snapshots.create(name);
                describe(snapshots, name, metadata);
                return new SnapshotCid(located.volume().name() + "." + name);
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

    /** A snapshot without a description is as good as another. */
    private static void describe(VolumeSnapshots snapshots, String name, Map<String, String> metadata) {
        if (metadata.isEmpty()) {
            return;
        }
        try {
            snapshots.describe(name, description(metadata));
        } catch (LxdException e) {
            LOG.warn("The snapshot {} has no description: {}", name, e.getMessage());
        }
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
