package io.boshcpi.docker;

import io.boshcpi.spi.AgentId;
import io.boshcpi.spi.AgentSettings;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.StemcellImage;
import io.boshcpi.spi.VmRequest;
import io.boshcpi.testkit.ProviderConformance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** The suite that any provider has to pass, on a real Podman, with fixed addresses. */
@Tag("server")
@Tag("podman")
@EnabledIf("io.boshcpi.docker.Podman#isWanted")
final class PodmanConformanceIT extends ProviderConformance {
    private final Podman podman = Podman.find();

    @Override
    protected CloudProvider createProvider() {
        return podman.provider(Map.of());
    }

    @Override
    protected StemcellImage stemcellImage() {
        return new StemcellImage(
                Podman.stemcell("tiny-runit"), PropertyTree.of("cloud_properties", Map.of("name", "it")), Map.of());
    }

    @Override
    protected VmRequest vmRequest(AgentId agent, StemcellCid stemcell, List<DiskCid> disks) {
        return new VmRequest(
                new AgentSettings(agent, Optional.empty(), Map.of(), List.of(), Map.of()),
                stemcell,
                PropertyTree.empty("cloud_properties"),
                List.of(NetworkSpec.of("default", PropertyTree.of("networks.default", podman.manual("NETWORK")))),
                disks);
    }
}
