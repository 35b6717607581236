package io.boshcpi.core.action;

import io.boshcpi.core.rpc.Arguments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code current_vm_id} */
final class CurrentVmId implements Action {
    @Override
    public List<String> parameters() {
        return List.of();
    }

    @Override
    public @Nullable Object run(Arguments arguments, Session session) {
        return session.capability(session.provider().currentVm())
                .id(session.call())
                .value();
    }
}
