package io.boshcpi.core.action;

import io.boshcpi.core.rpc.Arguments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code set_disk_metadata} */
final class SetDiskMetadata implements Action {
    @Override
    public List<String> parameters() {
        return List.of("disk_cid", "metadata");
    }

    @Override
    public @Nullable Object run(Arguments arguments, Session session) {
        session.provider()
                .disks()
                .setMetadata(session.call(), arguments.diskCid("disk_cid"), arguments.metadata("metadata"));
        return null;
    }
}
