package io.boshcpi.core.action;

import io.boshcpi.core.rpc.Arguments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code delete_disk} */
final class DeleteDisk implements Action {
    @Override
    public List<String> parameters() {
        return List.of("disk_cid");
    }

    @Override
    public @Nullable Object run(Arguments arguments, Session session) {
        session.provider().disks().delete(session.call(), arguments.diskCid("disk_cid"));
        return null;
    }
}
