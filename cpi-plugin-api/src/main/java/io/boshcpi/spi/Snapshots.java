package io.boshcpi.spi;

import java.util.Map;
import org.apiguardian.api.API;

/** Snapshots of persistent disks. */
@API(status = API.Status.STABLE, since = "1.0")
public interface Snapshots {
    /**
     * Takes a crash-consistent snapshot, also of an attached and mounted disk.
     *
     * @throws CpiException {@link ErrorType#DISK_NOT_FOUND} if the disk is absent
     */
    SnapshotCid create(Call call, DiskCid disk, Map<String, String> metadata);

    /** Removes the snapshot. Succeeds when it is absent. */
    void delete(Call call, SnapshotCid snapshot);
}
