package io.boshcpi.core.action;

import io.boshcpi.core.rpc.Arguments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code set_vm_metadata} */
final class SetVmMetadata implements Action {
    @Override
    public List<String> parameters() {
        return List.of("vm_cid", "metadata");
    }

    @Override
    public @Nullable Object run(Arguments arguments, Session session) {
        session.provider().vms().setMetadata(session.call(), arguments.vmCid("vm_cid"), arguments.metadata("metadata"));
        return null;
    }
}
