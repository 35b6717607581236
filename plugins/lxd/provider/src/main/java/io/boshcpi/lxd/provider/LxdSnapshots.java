package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.SnapshotCid;
import io.boshcpi.spi.Snapshots;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.UUID;

/** Snapshots of volumes. A snapshot's CID is the disk's, a dot, and the snapshot's name. */
final class LxdSnapshots implements Snapshots {
    private final LxdCloud cloud;

    LxdSnapshots(LxdCloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public SnapshotCid create(Call call, DiskCid disk, Map<String, String> metadata) {
        try {
            LxdSession lxd = cloud.session(call);
            String name = "snap-" + UUID.randomUUID();
            locator(lxd).change(disk, volumes -> volumes.snapshots(disk.value()).create(name, description(metadata)));
            return new SnapshotCid(disk.value() + "." + name);
        } catch (LxdException e) {
            throw Errors.of(e);
        }
    }

    @Override
    public void delete(Call call, SnapshotCid snapshot) {
        int dot = snapshot.value().lastIndexOf('.');
        if (dot < 1 || dot == snapshot.value().length() - 1) {
            return; // None of this CPI's, so it is not there.
        }
        DiskCid disk = new DiskCid(snapshot.value().substring(0, dot));
        try {
            LxdSession lxd = cloud.session(call);
            String name = snapshot.value().substring(dot + 1);
            locator(lxd).delete(disk, volumes -> volumes.snapshots(disk.value()).delete(name));
        } catch (LxdException e) {
            throw Errors.of(e);
        }
    }

    /** What BOSH says of the snapshot, for an operator who lists snapshots with the server's own tools. */
    private static String description(Map<String, String> metadata) {
        StringJoiner description = new StringJoiner(", ");
        new TreeMap<>(metadata).forEach((key, value) -> description.add(key + "=" + value));
        return description.toString();
    }

    private DiskLocator locator(LxdSession lxd) {
        return new DiskLocator(lxd, cloud.config().storagePoolName());
    }
}
