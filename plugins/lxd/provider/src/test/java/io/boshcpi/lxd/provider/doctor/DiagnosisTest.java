package io.boshcpi.lxd.provider.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.client.LxdClient;
import io.boshcpi.lxd.fake.FakeLxd;
import io.boshcpi.lxd.fake.FakeLxdServer;
import io.boshcpi.lxd.fake.Identity;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.provider.disk.DiskCids;
import io.boshcpi.lxd.provider.server.Contributors;
import io.boshcpi.lxd.provider.server.Endpoints;
import io.boshcpi.lxd.provider.server.LxdCloud;
import io.boshcpi.lxd.provider.server.LxdConfig;
import io.boshcpi.lxd.provider.testing.Harness;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.Maintenance.Finding;
import io.boshcpi.spi.Maintenance.Verdict;
import io.boshcpi.spi.PropertyTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Each finding names what is wrong and the command that fixes it. */
@Tag("fake")
@ParameterizedClass
@EnumSource(Dialect.class)
final class DiagnosisTest {
    private static final Identity SERVER = Identity.selfSigned("server");
    private static final Identity CLIENT = Identity.selfSigned("client");

    private final Dialect dialect;
    private final FakeLxd lxd;
    private final FakeLxdServer server;
    private final Map<String, Object> config = new HashMap<>();
    private Clock clock = Clock.systemUTC();

    DiagnosisTest(Dialect dialect) throws IOException {
        this.dialect = dialect;
        lxd = FakeLxd.builder(dialect)
                .network("fakebr0", "10.77.1.1/24")
                .pool("fast", "btrfs")
                .pool("plain", "dir")
                .pool("small", "btrfs", 64L << 20)
                .project("fenced", Map.of("restricted", "true", "features.images", "true"))
                .project("limited", Map.of("limits.memory", "4GiB"))
                .build();
        server = FakeLxdServer.onHttps(lxd, SERVER);
        lxd.trust(CLIENT);
        config.put("url", server.url());
        config.put("client_certificate", CLIENT.certificatePem());
        config.put("client_key", CLIENT.keyPem());
        config.put("server_certificate", SERVER.certificatePem());
        config.put("network", "fakebr0");
        config.put("storage_pool", "fast");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aServerThatDoesNotKnowTheClientIsAskedNothingMore() {
        Identity stranger = Identity.selfSigned("stranger");
        config.put("client_certificate", stranger.certificatePem());
        config.put("client_key", stranger.keyPem());

        assertThat(findings())
                .extracting(Finding::subject)
                .containsExactly("trust", "client certificate (lxd.client_certificate)");
        assertThat(finding("trust").verdict()).isEqualTo(Verdict.ERROR);
        assertThat(finding("trust").remedy().orElseThrow()).contains("config trust add");
    }

    @Test
    void anotherServerThanThePinnedOneIsNotTrusted() {
        config.put("server_certificate", CLIENT.certificatePem());

        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.subject()).isEqualTo("server");
            assertThat(finding.remedy().orElseThrow()).contains("openssl s_client");
        });
    }

    @Test
    void theWordOnTrustTellsWhatTheCertificateMayDo() {
        assertThat(finding("trust").observation()).contains("may do everything");

        lxd.trustRestricted(CLIENT, "fenced");
        config.put("project", "fenced");
        assertThat(finding("trust").verdict()).isEqualTo(Verdict.OK);
        assertThat(finding("trust").observation()).contains("restricted to the project fenced");
    }

    @Test
    void aCertificateForAnotherProjectIsAnErrorThatNamesBoth() {
        lxd.trustRestricted(CLIENT, "fenced");
        config.put("project", "limited");

        Finding trust = finding("trust");

        assertThat(trust.verdict()).isEqualTo(Verdict.ERROR);
        assertThat(trust.observation()).contains("fenced").contains("limited");
        assertThat(trust.remedy().orElseThrow()).contains(tool() + " config trust edit");
    }

    @Test
    void whatARestrictedProjectForbidsIsToldWithTheKeyThatAllowsIt() {
        config.put("project", "fenced");

        assertThat(finding("restricted.containers.lowlevel").remedy())
                .contains(tool() + " project set fenced restricted.containers.lowlevel=allow");
        assertThat(finding("restricted.containers.nesting").verdict()).isEqualTo(Verdict.WARNING);
        assertThat(finding("restrictions of project fenced").observation())
                .contains("privileged VMs (restricted.containers.privilege)")
                .contains("snapshots of disks (restricted.snapshots)");
    }

    @Test
    void whatCloudConfigsMayUseIsToldWithItsReason() {
        assertThat(finding("cloud configs (lxd.allow)").observation())
                .startsWith("open, because the project is not restricted");

        config.put("project", "fenced");
        assertThat(finding("cloud configs (lxd.allow)").observation())
                .startsWith("strict, because the project is restricted: raw_lxc no;");

        config.put("allow", Map.of("raw_lxc", true));
        assertThat(finding("cloud configs (lxd.allow)").observation()).contains("raw_lxc yes; privileged no;");
    }

    @Test
    void limitsOfTheProjectAreTold() {
        config.put("project", "limited");

        assertThat(finding("limits of project limited").verdict()).isEqualTo(Verdict.WARNING);
    }

    @Test
    void clocksThatDisagreeAreToldWithHowFar() {
        clock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(90));
        assertThat(finding("clocks").observation()).containsPattern("(89|9[01]) s behind this machine's");

        clock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(-90));
        assertThat(finding("clocks").observation()).containsPattern("(89|9[01]) s ahead of this machine's");

        clock = Clock.systemUTC();
        assertThat(finding("clocks").verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void certificatesAreToldOfBeforeTheyExpire() {
        clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(3640));
        assertThat(finding("client certificate (lxd.client_certificate)").verdict())
                .isEqualTo(Verdict.WARNING);

        clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(3660));
        assertThat(finding("client certificate (lxd.client_certificate)").verdict())
                .isEqualTo(Verdict.ERROR);
    }

    @Test
    void whatIsMissingComesWithTheCommandThatMakesIt() {
        config.put("network", "gone");
        config.put("storage_pool", "gone");
        config.put("profiles", List.of("gone"));

        assertThat(finding("network gone").remedy().orElseThrow()).startsWith(tool() + " network create gone ");
        assertThat(finding("storage pool gone").remedy().orElseThrow()).startsWith(tool() + " storage create gone ");
        assertThat(finding("profile gone").remedy().orElseThrow()).startsWith(tool() + " profile create gone ");

        config.put("project", "gone");
        assertThat(finding("project gone").remedy()).contains(tool() + " project create gone");
    }

    @Test
    void aNetworkWhoseDhcpGivesOutBoshsAddressesComesWithARange() {
        Finding network = finding("network fakebr0");

        assertThat(network.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(network.remedy().orElseThrow())
                .startsWith(tool() + " network set fakebr0 ipv4.dhcp.ranges=10.77.1.192-10.77.1.254");
    }

    @Test
    void aPoolThatIsFullOrEnforcesNoSizesIsToldOf() {
        lxd.fillPool("small");
        config.put("storage_pool", "small");
        assertThat(finding("space in storage pool small").verdict()).isEqualTo(Verdict.WARNING);

        config.put("storage_pool", "plain");
        assertThat(finding("storage pool plain").observation()).contains("not enforced");
    }

    @Test
    void aRestrictedCertificateNeedsNoListOfPoolsToKnowThatADiskIsGone() {
        lxd.trustRestricted(CLIENT, "fenced");
        config.put("project", "fenced");
        try (CloudProvider provider = Harness.provider(config)) {
            DiskCid gone = DiskCids.inPool("fast");

            assertThat(provider.disks().exists(Harness.call("d"), gone)).isFalse();
            assertThat(provider.maintenance().orElseThrow().leftovers(Harness.call("d")))
                    .isEmpty();
        }
    }

    @Test
    void aDiskInAPoolThatCannotBeLookedForIsNotCalledAbsent() {
        lxd.trustRestricted(CLIENT, "fenced");
        config.put("project", "fenced");
        try (CloudProvider provider = Harness.provider(config)) {
            DiskCid elsewhere = DiskCids.inPool("plain");

            if (dialect == Dialect.INCUS) {
                assertThatThrownBy(() -> provider.disks().exists(Harness.call("d"), elsewhere))
                        .isInstanceOf(CpiException.class)
                        .hasMessageContaining("lxd.storage_pool");
            } else {
                assertThat(provider.disks().exists(Harness.call("d"), elsewhere))
                        .isFalse();
            }
        }
    }

    @Test
    void eachMemberOfAClusterIsLookedAt() {
        FakeLxd cluster = FakeLxd.builder(dialect)
                .network("fakebr0", "10.77.1.1/24")
                .pool("fast", "btrfs")
                .member("n1", "default", "z1")
                .member("n2", "default")
                .memberThatIsDown("n3")
                .build();
        cluster.trust(CLIENT);
        try (FakeLxdServer first = FakeLxdServer.onHttps(cluster, SERVER)) {
            config.put("url", first.url());

            assertThat(finding("cluster member n1").observation()).isEqualTo("in the groups default, z1");
            assertThat(finding("cluster member n2").verdict()).isEqualTo(Verdict.OK);
            assertThat(finding("cluster member n3").verdict()).isEqualTo(Verdict.ERROR);
            assertThat(finding("cluster member n3").observation()).startsWith("is Offline (No heartbeat");
            assertThat(finding("space in storage pool fast on n2").verdict()).isEqualTo(Verdict.OK);
            assertThat(findings()).extracting(Finding::subject).doesNotContain("space in storage pool fast on n3");
            assertThat(finding("reach of network fakebr0").observation()).contains("do not reach one another");
            assertThat(finding("failover").verdict()).isEqualTo(Verdict.WARNING);
            assertThat(finding("failover").remedy().orElseThrow()).startsWith("lxd.failover_urls: [https://");

            config.put("failover_urls", List.of("https://192.0.2.1:8443"));
            assertThat(finding("failover").verdict()).isEqualTo(Verdict.OK);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Finding finding(String subject) {
        List<Finding> findings = findings();
        return findings.stream()
                .filter(finding -> finding.subject().equals(subject))
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nothing about " + subject + " in " + findings));
    }

    private List<Finding> findings() {
        LxdConfig bound = PropertyTree.of("lxd", config).bind(LxdConfig.class);
        try (LxdClient client = LxdClient.of(Endpoints.of(bound))) {
            LxdCloud cloud =
                    new LxdCloud(bound, client, new Contributors(Harness.context(Harness.extensions())), clock);
            return Diagnosis.of(cloud, Harness.call("d"));
        }
    }

    private String tool() {
        return dialect == Dialect.INCUS ? "incus" : "lxc";
    }
}
