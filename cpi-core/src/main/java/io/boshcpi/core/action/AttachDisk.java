package io.boshcpi.core.action;

import io.boshcpi.core.rpc.Arguments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code attach_disk}: the answer is the hint by which the agent finds the disk. */
final class AttachDisk implements Action {
    @Override
    public List<String> parameters() {
        return List.of("vm_cid", "disk_cid");
    }

    @Override
    public @Nullable Object run(Arguments arguments, Session session) {
        return session.provider()
                .disks()
                .attach(session.call(), arguments.vmCid("vm_cid"), arguments.diskCid("disk_cid"))
                .path();
    }
}
