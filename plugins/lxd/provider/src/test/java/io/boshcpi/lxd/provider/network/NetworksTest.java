package io.boshcpi.lxd.provider.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.provider.testing.Harness;
import io.boshcpi.lxd.provider.testing.OnFakeLxd;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.CreatedNetwork;
import io.boshcpi.spi.NetworkCid;
import io.boshcpi.spi.Networks;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("fake")
@ParameterizedClass
@EnumSource(Dialect.class)
final class NetworksTest {
    private final OnFakeLxd cloud;
    private final Networks networks;

    NetworksTest(Dialect dialect) throws IOException {
        this.cloud = new OnFakeLxd(dialect);
        this.networks = cloud.provider.networks().orElseThrow();
    }

    @AfterEach
    void close() throws IOException {
        cloud.close();
    }

    @Test
    void aNetworkIsABridgeWithTheGatewaysAddress() {
        CreatedNetwork network = networks.create(cloud.call, request("10.78.1.0/24", Map.of()));

        assertThat(network.range()).isEqualTo("10.78.1.0/24");
        assertThat(network.gateway()).isEqualTo("10.78.1.1");
        assertThat(network.properties()).isEqualTo(Map.of("name", network.cid().value()));
        networks.delete(cloud.call, network.cid());
        networks.delete(cloud.call, network.cid());
    }

    @Test
    void theServerFindsAFreeRangeOfTheWantedSize() {
        Networks.Request request =
                new Networks.Request(Optional.empty(), Optional.empty(), Optional.of(26), Harness.properties(Map.of()));

        assertThat(networks.create(cloud.call, request).range()).endsWith("/26").doesNotStartWith("10.77.1.");
    }

    @Test
    void whatAnAzSaysOfItsVmsDisturbsNoNetwork() {
        Map<String, Object> properties =
                Map.of("target", "member1", "instance_type", "c1-m1", "privileged", true, "nat", false);

        assertThat(networks.create(cloud.call, request("10.78.2.0/24", properties))
                        .properties())
                .containsOnlyKeys("name");
    }

    @Test
    void anUnknownPropertyIsRefusedByName() {
        assertThatThrownBy(() -> networks.create(cloud.call, request("10.78.3.0/24", Map.of("nta", false))))
                .hasMessageContaining("cloud_properties.nta is not known here");
    }

    @Test
    void aNetworkThatTheCpiDidNotMakeIsNotDeleted() {
        assertThatThrownBy(() -> networks.delete(cloud.call, new NetworkCid("fakebr0")))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("was not made by this CPI");
    }

    @Test
    void whatTheOperatorForbidsIsRefusedBeforeAnythingIsMade() {
        try (CloudProvider strict = cloud.anotherProcess(Map.of("allow", Map.of("everything", false)))) {
            Networks ofStrict = strict.networks().orElseThrow();
            Networks.Request attack =
                    request("10.78.4.0/24", Map.of("config", Map.of("raw.dnsmasq", "dhcp-script=/x")));
            assertThatThrownBy(() -> ofStrict.create(cloud.call, attack))
                    .isInstanceOf(CpiException.class)
                    .hasMessageContaining("cloud_properties.config.raw.dnsmasq is not allowed to cloud configs");
            assertThat(cloud.requests()).noneMatch(request -> request.startsWith("POST"));

            ofStrict.create(
                    cloud.call,
                    request("10.78.4.0/24", Map.of("config", Map.of("ipv4.dhcp.ranges", "10.78.4.9-10.78.4.99"))));
        }
    }

    private static Networks.Request request(String range, Map<String, ?> properties) {
        return new Networks.Request(
                Optional.of(range), Optional.empty(), Optional.empty(), Harness.properties(properties));
    }
}
