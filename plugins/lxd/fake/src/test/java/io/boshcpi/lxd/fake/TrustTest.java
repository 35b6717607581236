package io.boshcpi.lxd.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.lxd.client.transport.ClientIdentity;
import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.client.transport.ServerTrust;
import io.boshcpi.lxd.fake.model.Dialect;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may do what over HTTPS. */
@Tag("fake")
class TrustTest {
    private static final Identity SERVER = Identity.selfSigned("server");
    private static final Identity CLIENT = Identity.selfSigned("client");

    private static Wire wire(FakeLxdServer server, @Nullable Identity client) {
        ClientIdentity identity = client == null ? null : new ClientIdentity(client.certificatePem(), client.keyPem());
        return new Wire(new Endpoint.Https(
                        List.of(URI.create(server.url())), identity, new ServerTrust.Pinned(SERVER.certificatePem()))
                .open());
    }

    @ParameterizedTest
    @EnumSource
    void aStrangerSeesNextToNothing(Dialect dialect) throws IOException {
        try (FakeLxdServer server = FakeLxdServer.onHttps(FakeLxd.of(dialect), SERVER);
                Wire wire = wire(server, CLIENT)) {
            assertThat(wire.get("/1.0").object())
                    .containsEntry("auth", "untrusted")
                    .doesNotContainKey("environment");
            assertThat(wire.get("/1.0/instances").status()).isEqualTo(403);
        }
    }

    @Test
    void aClientWithoutACertificateIsAStranger() throws IOException {
        try (FakeLxdServer server = FakeLxdServer.onHttps(FakeLxd.of(Dialect.LXD), SERVER);
                Wire wire = wire(server, null)) {
            assertThat(wire.get("/1.0").object()).containsEntry("auth", "untrusted");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRestrictedClientIsKeptToItsProject(Dialect dialect) throws IOException {
        FakeLxd lxd = FakeLxd.builder(dialect)
                .pool("default", "btrfs")
                .network("fakebr0", "10.77.1.1/24")
                .project("pr", Map.of())
                .build();
        lxd.trustRestricted(CLIENT, "pr");
        try (FakeLxdServer server = FakeLxdServer.onHttps(lxd, SERVER);
                Wire wire = wire(server, CLIENT)) {
            assertThat(wire.get("/1.0/instances?project=pr").status()).isEqualTo(200);
            assertThat(wire.get("/1.0/instances").status()).isEqualTo(dialect == Dialect.LXD ? 403 : 500);
            assertThat(wire.get("/1.0/instances/i").status()).isEqualTo(403);
            assertThat(wire.get("/1.0/storage-pools").status()).isEqualTo(dialect == Dialect.LXD ? 200 : 500);
            assertThat(wire.get("/1.0/storage-pools/default").object()).containsEntry("config", null);
            assertThat(wire.get("/1.0/networks/fakebr0").object()).containsEntry("config", Map.of());
            assertThat(wire.send("POST", "/1.0/projects", Map.of("name", "other"))
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void anIdentityIsPem() {
        assertThat(CLIENT.certificatePem()).startsWith("-----BEGIN CERTIFICATE-----\n");
        assertThat(CLIENT.keyPem()).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(CLIENT.fingerprint().getBytes(StandardCharsets.US_ASCII)).hasSize(64);
    }
}
