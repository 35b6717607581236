package io.boshcpi.lxd.provider.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.fake.RealServer;
import io.boshcpi.lxd.fake.TestProjects;
import io.boshcpi.lxd.provider.testing.Lab;
import io.boshcpi.lxd.provider.testing.OnRealServers;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.VmCid;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project of its own with all restrictions on, as an administrator gives to a tenant. */
@OnRealServers
final class RestrictedProjectsIT {
    private static final Map<String, String> FENCE_OF_THE_GUIDE = Map.of(
            "restricted",
            "true",
            "restricted.containers.lowlevel",
            "allow",
            "restricted.containers.nesting",
            "allow",
            "restricted.snapshots",
            "allow",
            "restricted.backups",
            "allow");

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

    /** The project that the operator's guide makes; the CPI's own lines need its low-level configuration. */
    @Test
    void theAuthorOfACloudConfigIsNotRootOfTheHost(@TempDir Path folder) {
        Path proof = folder.resolve("proof");
        Map<String, String> fence = new HashMap<>(FENCE_OF_THE_GUIDE);
        fence.put("features.images", "false");
        TestProjects.delete(Endpoint.unix(server.socket()), project);
        TestProjects.create(Endpoint.unix(server.socket()), project, fence);
        List<Map<String, ?>> attacks = List.of(
                Map.of("raw_lxc", "lxc.hook.pre-start = /bin/sh -c 'id > " + proof + "'"),
                Map.of("raw_lxc", "lxc.mount.entry = / mnt none rbind,create=dir 0 0"),
                Map.of("config", Map.of("raw.idmap", "both 0 0")),
                Map.of("config", Map.of("limits.kernel.nofile", "9\nlxc.hook.pre-start = /bin/touch " + proof)),
                Map.of("apparmor_profile", "unconfined"),
                Map.of("kernel_modules", List.of("loop")));
        try (Lab lab = new Lab(server, Map.of("project", project))) {
            for (Map<String, ?> attack : attacks) {
                assertThatThrownBy(() -> lab.vm("systemd", attack))
                        .as(attack.toString())
                        .isInstanceOf(CpiException.class)
                        .hasMessageContaining(
                                "cloud_properties." + attack.keySet().iterator().next());
            }
            assertThat(lab.lxd().instances().list()).isEmpty();
            assertThat(proof).doesNotExist();

            VmCid vm =
                    lab.vm("tiny-runit", Map.of("cpu", 1, "memory", 256, "config", Map.of("limits.processes", "500")));
            assertThat(lab.lxd().instances().find(vm.value()).orElseThrow().config())
                    .containsEntry("limits.processes", "500")
                    .hasEntrySatisfying("raw.lxc", lines -> assertThat(lines).contains("lxc.init.cmd"));
        }
    }
}
