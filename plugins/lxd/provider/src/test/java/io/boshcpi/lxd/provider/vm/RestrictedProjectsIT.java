package io.boshcpi.lxd.provider.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.fake.RealServer;
import io.boshcpi.lxd.fake.TestProjects;
import io.boshcpi.lxd.provider.testing.Lab;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.VmCid;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A project of its own with all restrictions on, as an administrator gives to a tenant. */
@Tag("server")
@ParameterizedClass(name = "{0}", allowZeroInvocations = true)
@MethodSource("io.boshcpi.lxd.fake.RealServer#all")
final class RestrictedProjectsIT {
    private final RealServer server;
    private final String project =
            "it-restricted-" + UUID.randomUUID().toString().substring(0, 8);

    RestrictedProjectsIT(RealServer server) {
        this.server = server;
    }

    @BeforeEach
    void makeTheProject() {
        TestProjects.create(
                Endpoint.unix(server.socket()), project, Map.of("restricted", "true", "features.images", "false"));
    }

    @AfterEach
    void removeTheProject() {
        TestProjects.delete(Endpoint.unix(server.socket()), project);
    }

    @Test
    void aVmHasItsAddressItsDiskAndNoMoreRights() {
        try (Lab lab = new Lab(server, Map.of("project", project))) {
            VmCid vm = lab.vm("systemd", Map.of("ephemeral_disk", 64));
            DiskCid disk = lab.disk(64, Map.of());
            lab.mount(vm, disk);
            lab.sh(vm, "echo kept > /var/vcap/store/file");

            lab.provider.vms().reboot(lab.call, vm);
            lab.awaitAgent(vm);

            assertThat(lab.sh(vm, "cat /var/vcap/store/file")).isEqualTo("kept");
            String settings = lab.sh(vm, "cat /var/vcap/bosh/warden-cpi-agent-env.json");
            Lab.await("the address", () -> settings.contains("\"ip\":\"" + lab.sh(vm, "hostname -I") + "\""));
            assertThat(lab.lxd().instances().find(vm.value()).orElseThrow().config())
                    .doesNotContainKeys("raw.lxc", "security.nesting", "security.privileged");
        }
    }

    @Test
    void whatTheProjectForbidsIsRefused() {
        try (Lab lab = new Lab(server, Map.of("project", project))) {
            assertThatThrownBy(() -> lab.vm("systemd", Map.of("privileged", true)))
                    .isInstanceOf(CpiException.class)
                    .hasMessageContaining("privilege");
            assertThat(lab.lxd().instances().list()).isEmpty();
        }
    }
}
