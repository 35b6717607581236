package io.boshcpi.core.action;

import io.boshcpi.core.rpc.Arguments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code has_disk} */
final class HasDisk implements Action {
    @Override
    public List<String> parameters() {
        return List.of("disk_cid");
    }

    @Override
    public @Nullable Object run(Arguments arguments, Session session) {
        return session.provider().disks().exists(session.call(), arguments.diskCid("disk_cid"));
    }
}
