package io.boshcpi.core.action;

import io.boshcpi.core.rpc.Arguments;
import io.boshcpi.spi.DiskUpdates;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code resize_disk} */
final class ResizeDisk implements Action {
    @Override
    public List<String> parameters() {
        return List.of("disk_cid", "new_size");
    }

    @Override
    public @Nullable Object run(Arguments arguments, Session session) {
        DiskUpdates updates = session.capability(session.provider().diskUpdates());
        updates.resize(session.call(), arguments.diskCid("disk_cid"), arguments.sizeMib("new_size"));
        return null;
    }
}
