package io.boshcpi.lxd.client;

import io.boshcpi.lxd.client.model.Server;

/** What the server is and can do. Asked once per client, then remembered. */
public final class ServerInfo {
    private final Rest rest;
    private final LxdClient client;

    ServerInfo(Rest rest, LxdClient client) {
        this.rest = rest;
        this.client = client;
    }

    /** The server, as it described itself the first time. */
    public Server get() {
        Server known = client.knownServer();
        return known == null ? refresh() : known;
    }

    /** Asks again. */
    public Server refresh() {
        Server asked = Server.of(rest.get(Url.of("/1.0")).object());
        client.remember(asked);
        return asked;
    }

    /** Whether the API has the extension. */
    public boolean hasExtension(String extension) {
        return get().hasExtension(extension);
    }
}
