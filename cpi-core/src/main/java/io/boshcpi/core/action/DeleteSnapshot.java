package io.boshcpi.core.action;

import io.boshcpi.core.rpc.Arguments;
import io.boshcpi.spi.SnapshotCid;
import io.boshcpi.spi.Snapshots;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code delete_snapshot} */
final class DeleteSnapshot implements Action {
    @Override
    public List<String> parameters() {
        return List.of("snapshot_cid");
    }

    @Override
    public @Nullable Object run(Arguments arguments, Session session) {
        Snapshots snapshots = session.capability(session.provider().snapshots());
        snapshots.delete(session.call(), new SnapshotCid(arguments.text("snapshot_cid")));
        return null;
    }
}
