package io.boshcpi.lxd.provider.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.lxd.fake.RealServer;
import io.boshcpi.lxd.provider.testing.Harness;
import io.boshcpi.lxd.provider.testing.OnRealServers;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.Maintenance.Finding;
import io.boshcpi.spi.Maintenance.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code bin/cpi doctor} is built on: that servers tell of themselves what it looks at. */
@OnRealServers
final class DiagnosisIT {
    private final RealServer server;
    private final Map<String, String> config = new HashMap<>();

    DiagnosisIT(RealServer server) {
        this.server = server;
        config.put("network", server.get("NETWORK"));
        config.put("storage_pool", server.get("POOL"));
    }

    @Test
    void overTheSocketNothingIsAmiss() {
        config.put("socket", server.socket());

        List<Finding> findings = findings();

        assertThat(findings).extracting(Finding::verdict).doesNotContain(Verdict.ERROR);
        assertThat(findings)
                .extracting(Finding::subject)
                .contains(
                        "server certificate",
                        "clocks",
                        "room in network " + server.get("NETWORK"),
                        "space in storage pool " + server.get("POOL"));
    }

    @Test
    void overHttpsItTellsWhatTheCertificateMayDo() {
        config.put("url", server.get("URL"));
        config.put("server_certificate", server.read("SERVER_CERT"));
        config.put("client_certificate", server.read("CLIENT_CERT"));
        config.put("client_key", server.read("CLIENT_KEY"));

        List<Finding> findings = findings();

        assertThat(findings).extracting(Finding::verdict).doesNotContain(Verdict.ERROR);
        assertThat(findings)
                .filteredOn(finding -> finding.subject().equals("trust"))
                .singleElement()
                .satisfies(trust -> assertThat(trust.observation()).contains("may do everything"));
    }

    @Test
    void whatIsMissingIsNamed() {
        config.put("socket", server.socket());
        config.put("network", "it-none");
        config.put("storage_pool", "it-none");

        assertThat(findings())
                .filteredOn(finding -> finding.verdict() == Verdict.ERROR)
                .extracting(Finding::subject)
                .containsExactlyInAnyOrder("network it-none", "storage pool it-none");
    }

    private List<Finding> findings() {
        try (CloudProvider provider = Harness.provider(config)) {
            return provider.maintenance().orElseThrow().diagnose(Harness.call("it"));
        }
    }
}
