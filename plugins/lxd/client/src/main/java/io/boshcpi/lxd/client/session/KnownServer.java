package io.boshcpi.lxd.client.session;

import io.boshcpi.lxd.client.model.Server;
import org.jspecify.annotations.Nullable;

/** Remembers what a server said about itself, for all sessions of a client. Safe for use by several threads. */
public final class KnownServer {
    private volatile @Nullable Server server;

    /** Null until {@link #remember}. */
    @Nullable
    Server get() {
        return server;
    }

    void remember(Server told) {
        server = told;
    }
}
