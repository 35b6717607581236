package io.boshcpi.core.action;

import io.boshcpi.core.rpc.Arguments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code delete_vm} */
final class DeleteVm implements Action {
    @Override
    public List<String> parameters() {
        return List.of("vm_cid");
    }

    @Override
    public @Nullable Object run(Arguments arguments, Session session) {
        session.provider().vms().delete(session.call(), arguments.vmCid("vm_cid"));
        return null;
    }
}
