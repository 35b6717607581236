package io.boshcpi.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.boshcpi.spi.AgentId;
import io.boshcpi.spi.AgentSettings;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Deadline;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.DiskRequest;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.StemcellImage;
import io.boshcpi.spi.VmCid;
import io.boshcpi.spi.VmRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Docker's own engine over TCP with TLS: a VM's life, and certificates that do not fit. */
@Tag("server")
@Tag("docker")
@EnabledIf("io.boshcpi.docker.RealEngine#isDockerWanted")
final class DockerHttpsIT {
    private final RealEngine real = RealEngine.named("docker");

    @Test
    void aVmLivesFromItsStemcellToItsDeletion() {
        try (CloudProvider provider = provider(Map.of())) {
            PropertyTree none = PropertyTree.empty("cloud_properties");
            StemcellCid stemcell = provider.stemcells()
                    .create(call(), new StemcellImage(RealEngine.stemcell("tiny-runit"), none, Map.of()));
            DiskCid disk = provider.disks().create(call(), new DiskRequest(64, none, Optional.empty()));
            AgentSettings agent = new AgentSettings(
                    new AgentId(UUID.randomUUID().toString()), Optional.empty(), Map.of(), List.of(), Map.of());
            NetworkSpec network = NetworkSpec.of("a", PropertyTree.of("networks.a", real.manual("NETWORK")));
            VmCid vm = provider.vms()
                    .create(call(), new VmRequest(agent, stemcell, none, List.of(network), List.of()))
                    .cid();
            provider.disks().attach(call(), vm, disk);
            assertThat(provider.vms().disks(call(), vm)).containsExactly(disk);
            provider.disks().detach(call(), vm, disk);
            provider.vms().delete(call(), vm);
            assertThat(provider.vms().exists(call(), vm)).isFalse();
            provider.disks().delete(call(), disk);
            provider.stemcells().delete(call(), stemcell);
        }
    }

    @Test
    void certificatesThatDoNotFitAreToldWithTheField(@TempDir Path folder) throws IOException, InterruptedException {
        TestTls others = TestTls.in(folder);
        assertThat(failureWith(Map.of("ca_certificate", others.certificate("server"))))
                .hasMessageContaining("docker.ca_certificate did not sign");
        assertThat(failureWith(Map.of("url", real.get("URL").replace("127.0.0.1", "localhost"))))
                .hasMessageContaining("certificate of another host; docker.url needs");
        assertThat(failureWith(Map.of(
                        "client_certificate", others.certificate("stranger"), "client_key", others.key("stranger"))))
                .hasMessageContaining("docker.client_certificate");
    }

    private CpiException failureWith(Map<String, Object> settings) {
        return catchThrowableOfType(CpiException.class, () -> {
            try (CloudProvider provider = provider(settings)) {
                provider.vms().exists(call(), new VmCid("vm-1"));
            }
        });
    }

    private CloudProvider provider(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "url", real.get("URL"),
                "ca_certificate", real.read("CA_CERT"),
                "client_certificate", real.read("CLIENT_CERT"),
                "client_key", real.read("CLIENT_KEY")));
        settings.putAll(more);
        return real.provider(settings);
    }

    private static Call call() {
        return new Call("test", Optional.of("test-of-https"), Deadline.in(Duration.ofMinutes(2)));
    }
}
