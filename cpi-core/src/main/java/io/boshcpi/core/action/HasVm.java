package io.boshcpi.core.action;

import io.boshcpi.core.rpc.Arguments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code has_vm} */
final class HasVm implements Action {
    @Override
    public List<String> parameters() {
        return List.of("vm_cid");
    }

    @Override
    public @Nullable Object run(Arguments arguments, Session session) {
        return session.provider().vms().exists(session.call(), arguments.vmCid("vm_cid"));
    }
}
