package io.boshcpi.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.CreatedNetwork;
import io.boshcpi.spi.Deadline;
import io.boshcpi.spi.NetworkCid;
import io.boshcpi.spi.Networks;
import io.boshcpi.spi.PropertyTree;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Networks that BOSH makes on a real engine. */
abstract class NetworksOnEngine {
    private final RealEngine real;
    private final CloudProvider provider;
    private final DockerClient docker;
    private final Networks networks;
    private final String director = UUID.randomUUID().toString();

    NetworksOnEngine(String engine) {
        this.real = RealEngine.named(engine);
        this.provider = real.provider(Map.of());
        this.docker = real.client();
        this.networks = provider.networks().orElseThrow();
    }

    @AfterEach
    void end() {
        provider.close();
    }

    @Test
    void aNetworkIsMadeOnceForItsDirectorAndDeletedTwice() {
        CreatedNetwork made = networks.create(call(), request("10.251.60.0/24", Map.of("memory", 64)));
        CreatedNetwork again = networks.create(call(), request("10.251.60.0/24", Map.of()));
        NetworkCid cid = made.cid();
        assertThat(again).isEqualTo(made);
        assertThat(made.gateway()).isEqualTo("10.251.60.1");
        assertThat(made.properties()).isEqualTo(Map.of("name", cid.value()));
        assertThat(docker.inspectNetworkCmd().withNetworkId(cid.value()).exec().getLabels())
                .containsEntry("io.boshcpi.director", director);
        networks.delete(call(), cid);
        networks.delete(call(), cid);
        assertThat(docker.listNetworksCmd().withNameFilter(cid.value()).exec()).isEmpty();
    }

    @Test
    void aNetworkThatTheCpiDidNotMakeIsNotDeleted() {
        assertThatThrownBy(() -> networks.delete(call(), new NetworkCid(real.get("NETWORK"))))
                .hasMessageContaining("was not made by this CPI");
    }

    @Test
    void aRangeThatIsTakenIsRefusedAndAnUnknownPropertyNamed() {
        assertThatThrownBy(() -> networks.create(call(), request(real.get("SUBNET"), Map.of())))
                .hasMessageContaining("The engine refused");
        assertThatThrownBy(() -> networks.create(call(), request("10.251.60.0/24", Map.of("drivr", "x"))))
                .hasMessageContaining("driver");
        assertThatThrownBy(() -> networks.create(
                        call(),
                        new Networks.Request(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(24),
                                PropertyTree.empty("cloud_properties"))))
                .hasMessageContaining("range");
    }

    private Call call() {
        return new Call("test", Optional.of(director), Deadline.in(Duration.ofMinutes(1)));
    }

    private static Networks.Request request(String range, Map<String, Object> properties) {
        return new Networks.Request(
                Optional.of(range),
                Optional.empty(),
                Optional.empty(),
                PropertyTree.of("cloud_properties", properties));
    }
}
