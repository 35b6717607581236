package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.fake.RealServer;
import io.boshcpi.lxd.provider.testing.Harness;
import io.boshcpi.lxd.provider.testing.Patience;
import io.boshcpi.lxd.provider.testing.ServerTurns;
import io.boshcpi.spi.AgentId;
import io.boshcpi.spi.AgentSettings;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.StemcellImage;
import io.boshcpi.spi.VmRequest;
import io.boshcpi.testkit.ProviderConformance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtendWith;

/** The suite that any provider has to pass, on a real server. */
@ExtendWith(ServerTurns.class)
abstract class RealServerConformance extends ProviderConformance {
    private final String name;

    RealServerConformance(String name) {
        this.name = name;
    }

    @Override
    protected CloudProvider createProvider() {
        RealServer server = RealServer.named(name);
        return Harness.provider(Map.of(
                "socket", server.socket(), "network", server.get("NETWORK"), "storage_pool", server.get("POOL")));
    }

    @Override
    protected Duration timeout() {
        return Patience.of(super.timeout());
    }

    @Override
    protected StemcellImage stemcellImage() {
        return new StemcellImage(
                RealServer.stemcell("tiny-runit"),
                Harness.properties(Map.of("name", "it-conformance", "version", "1")),
                Map.of());
    }

    @Override
    protected VmRequest vmRequest(AgentId agent, StemcellCid stemcell, List<DiskCid> disks) {
        return new VmRequest(
                new AgentSettings(agent, Optional.empty(), Map.of(), List.of(), Map.of()),
                stemcell,
                Harness.properties(Map.of()),
                List.of(Harness.dynamic("default", Map.of())),
                disks);
    }
}
