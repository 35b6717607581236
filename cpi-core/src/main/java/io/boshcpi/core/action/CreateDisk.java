package io.boshcpi.core.action;

import io.boshcpi.core.rpc.Arguments;
import io.boshcpi.spi.DiskRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code create_disk} */
final class CreateDisk implements Action {
    @Override
    public List<String> parameters() {
        return List.of("size", "cloud_properties", "vm_cid");
    }

    @Override
    public @Nullable Object run(Arguments arguments, Session session) {
        DiskRequest request = new DiskRequest(
                arguments.sizeMib("size"), arguments.hash("cloud_properties"), arguments.optionalVmCid("vm_cid"));
        return session.provider().disks().create(session.call(), request).value();
    }
}
