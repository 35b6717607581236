package io.boshcpi.core.action;

import io.boshcpi.core.rpc.Arguments;
import io.boshcpi.spi.DiskUpdates;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code update_disk}: the answer is the CID by which the disk is known from now on. */
final class UpdateDisk implements Action {
    @Override
    public List<String> parameters() {
        return List.of("disk_cid", "new_size", "cloud_properties");
    }

    @Override
    public @Nullable Object run(Arguments arguments, Session session) {
        DiskUpdates updates = session.capability(session.provider().diskUpdates());
        return updates.update(
                        session.call(),
                        arguments.diskCid("disk_cid"),
                        arguments.sizeMib("new_size"),
                        arguments.hash("cloud_properties"))
                .value();
    }
}
