package io.boshcpi.lxd.fake;

import io.boshcpi.lxd.client.transport.ClientIdentity;
import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.client.transport.ServerTrust;
import io.boshcpi.lxd.fake.model.Dialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;

/** The client's contract on FakeLxd. */
abstract class FakeClientContract extends LxdClientContract {
    private final Dialect dialect;
    private final FakeLxd lxd;
    private final FakeLxdServer server;
    private final Path directory;
    private final Endpoint endpoint;

    FakeClientContract(Dialect dialect, boolean https) {
        this.dialect = dialect;
        this.lxd = FakeLxd.builder(dialect)
                .pool(pool(), "btrfs")
                .pool(dirPool(), "dir")
                .network(network(), address(-9) + "/24")
                .operationLifetime(Duration.ofMillis(500))
                .build();
        try {
            directory = Files.createTempDirectory("fake-lxd");
            Files.write(
                    rootfs(),
                    new TestTar().file("bin/sh", 0755, "").directory("etc").gzipped());
            Path socket = directory.resolve("socket");
            if (https) {
                Identity client = Identity.selfSigned("client");
                Identity own = Identity.selfSigned("server");
                lxd.trust(client);
                server = FakeLxdServer.onHttps(lxd, own);
                endpoint = Endpoint.https(
                        URI.create(server.url()),
                        new ClientIdentity(client.certificatePem(), client.keyPem()),
                        new ServerTrust.Pinned(own.certificatePem()));
            } else {
                server = FakeLxdServer.onUnixSocket(lxd, socket);
                endpoint = Endpoint.unix(socket.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    @Override
    void disconnect() throws IOException {
        super.disconnect();
        server.close();
        Files.deleteIfExists(directory.resolve("socket"));
        Files.delete(rootfs());
        Files.delete(directory);
    }

    @Override
    protected Endpoint endpoint() {
        return endpoint;
    }

    @Override
    protected String software() {
        return dialect.server();
    }

    @Override
    protected String pool() {
        return "default";
    }

    @Override
    protected String dirPool() {
        return "dir";
    }

    @Override
    protected String network() {
        return "fakebr0";
    }

    @Override
    protected String address(int host) {
        return "10.77.1." + (10 + host);
    }

    @Override
    protected Path rootfs() {
        return directory.resolve("rootfs.tar.gz");
    }

    @Override
    protected void prepareGuest(String instance) {
        lxd.guest(instance).onExec(SCRIPT, 3).onExec("no-such-command", 127);
    }

    @Override
    protected void makeDeaf(String instance) {
        lxd.guest(instance).ignoreShutdown();
    }
}
