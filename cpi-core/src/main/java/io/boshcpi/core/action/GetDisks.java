package io.boshcpi.core.action;

import io.boshcpi.core.rpc.Arguments;
import io.boshcpi.spi.DiskCid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code get_disks} */
final class GetDisks implements Action {
    @Override
    public List<String> parameters() {
        return List.of("vm_cid");
    }

    @Override
    public @Nullable Object run(Arguments arguments, Session session) {
        List<String> cids = new ArrayList<>();
        for (DiskCid disk : session.provider().vms().disks(session.call(), arguments.vmCid("vm_cid"))) {
            cids.add(disk.value());
        }
        return cids;
    }
}
