package io.boshcpi.core.action;

import io.boshcpi.core.rpc.Arguments;
import io.boshcpi.spi.Snapshots;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code snapshot_disk} */
final class SnapshotDisk implements Action {
    @Override
    public List<String> parameters() {
        return List.of("disk_cid", "metadata");
    }

    @Override
    public @Nullable Object run(Arguments arguments, Session session) {
        Snapshots snapshots = session.capability(session.provider().snapshots());
        return snapshots
                .create(session.call(), arguments.diskCid("disk_cid"), arguments.metadata("metadata"))
                .value();
    }
}
