package io.boshcpi.lxd.fake;

import io.boshcpi.lxd.client.transport.ClientIdentity;
import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.client.transport.ServerTrust;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** The client's contract on a server that {@code .ci/servers} brought up. */
@Tag("server")
abstract class RealServerClientContract extends LxdClientContract {
    private final RealServer server;
    private final boolean https;

    RealServerClientContract(String name, boolean https) {
        this.server = RealServer.named(name);
        this.https = https;
    }

    @Override
    protected Endpoint endpoint() {
        if (!https) {
            return Endpoint.unix(server.socket());
        }
        return Endpoint.https(
                URI.create(server.get("URL")),
                new ClientIdentity(server.read("CLIENT_CERT"), server.read("CLIENT_KEY")),
                new ServerTrust.Pinned(server.read("SERVER_CERT")));
    }

    @Override
    protected String software() {
        return server.software();
    }

    @Override
    protected boolean tellsALateWaitAsAFailure() {
        return server.name().equals("incus");
    }

    @Override
    protected String pool() {
        return server.get("POOL");
    }

    @Override
    protected String dirPool() {
        return server.get("POOL_DIR");
    }

    @Override
    protected String network() {
        return server.get("NETWORK");
    }

    @Override
    protected String address(int host) {
        return server.address((https ? 230 : 220) + host);
    }

    @Override
    protected Path rootfs() {
        return RealServer.stemcell("tiny-runit");
    }
}
