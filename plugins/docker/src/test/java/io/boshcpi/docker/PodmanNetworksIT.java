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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Networks that BOSH makes on a real Podman. */
@Tag("server")
@Tag("podman")
@EnabledIf("io.boshcpi.docker.Podman#isWanted")
final class PodmanNetworksIT {
    private final Podman podman = Podman.find();
    private final CloudProvider provider = podman.provider(Map.of());
    private final DockerClient docker = podman.client();
    private final Networks networks = provider.networks().orElseThrow();
    private final String director = UUID.randomUUID().toString();

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
        assertThatThrownBy(() -> networks.delete(call(), new NetworkCid(podman.get("NETWORK"))))
                .hasMessageContaining("was not made by this CPI");
    }

    @Test
    void aRangeThatIsTakenIsRefusedAndAnUnknownPropertyNamed() {
        assertThatThrownBy(() -> networks.create(call(), request(podman.get("SUBNET"), Map.of())))
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
