package io.boshcpi.core.action;

import io.boshcpi.core.rpc.Arguments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ping}: declared in the contract, never called. */
final class Ping implements Action {
    @Override
    public List<String> parameters() {
        return List.of();
    }

    @Override
    public @Nullable Object run(Arguments arguments, Session session) {
        return "pong";
    }
}
