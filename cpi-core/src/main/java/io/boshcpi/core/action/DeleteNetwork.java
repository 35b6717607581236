package io.boshcpi.core.action;

import io.boshcpi.core.rpc.Arguments;
import io.boshcpi.spi.NetworkCid;
import io.boshcpi.spi.Networks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code delete_network} */
final class DeleteNetwork implements Action {
    @Override
    public List<String> parameters() {
        return List.of("network_cid");
    }

    @Override
    public @Nullable Object run(Arguments arguments, Session session) {
        Networks networks = session.capability(session.provider().networks());
        networks.delete(session.call(), new NetworkCid(arguments.text("network_cid")));
        return null;
    }
}
