package io.boshcpi.core.action;

import io.boshcpi.core.rpc.Arguments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code detach_disk} */
final class DetachDisk implements Action {
    @Override
    public List<String> parameters() {
        return List.of("vm_cid", "disk_cid");
    }

    @Override
    public @Nullable Object run(Arguments arguments, Session session) {
        session.provider().disks().detach(session.call(), arguments.vmCid("vm_cid"), arguments.diskCid("disk_cid"));
        return null;
    }
}
