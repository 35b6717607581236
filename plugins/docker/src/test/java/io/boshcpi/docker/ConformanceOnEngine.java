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

/** The suite that any provider has to pass, on a real engine, with fixed addresses. */
abstract class ConformanceOnEngine extends ProviderConformance {
    private final RealEngine real;

    ConformanceOnEngine(String engine) {
        this.real = RealEngine.named(engine);
    }

    @Override
    protected CloudProvider createProvider() {
        return real.provider(Map.of());
    }

    @Override
    protected StemcellImage stemcellImage() {
        return new StemcellImage(
                RealEngine.stemcell("tiny-runit"), PropertyTree.of("cloud_properties", Map.of("name", "it")), Map.of());
    }

    @Override
    protected VmRequest vmRequest(AgentId agent, StemcellCid stemcell, List<DiskCid> disks) {
        return new VmRequest(
                new AgentSettings(agent, Optional.empty(), Map.of(), List.of(), Map.of()),
                stemcell,
                PropertyTree.empty("cloud_properties"),
                List.of(NetworkSpec.of("default", PropertyTree.of("networks.default", real.manual("NETWORK")))),
                disks);
    }
}
