package io.boshcpi.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.model.Container;
import io.boshcpi.spi.AgentId;
import io.boshcpi.spi.AgentSettings;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Deadline;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.DiskHint;
import io.boshcpi.spi.DiskRequest;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.Maintenance;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.Secret;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.StemcellImage;
import io.boshcpi.spi.VmCid;
import io.boshcpi.spi.VmRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a guest and an operator see of VMs and their disks on a real engine, with stemcells of both kinds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class VmsOnEngine {
    private static final String MBUS = "nats://nats:s3cret-of-the-test@10.0.0.6:4222";

    private final RealEngine real;
    private final CloudProvider provider;
    private final DockerClient docker;
    private final String director = UUID.randomUUID().toString();
    private final Deque<Runnable> cleanUps = new ArrayDeque<>();

    VmsOnEngine(String engine) {
        this.real = RealEngine.named(engine);
        this.provider = real.provider(Map.of());
        this.docker = real.client();
    }

    @AfterEach
    void cleanUp() {
        while (!cleanUps.isEmpty()) {
            cleanUps.pop().run();
        }
    }

    @AfterAll
    void end() {
        provider.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-runit", "systemd"})
    void anAgentFindsItsSettingsAndAddressAndAFileOfTheRootSurvivesDisks(String kind) throws Exception {
        VmCid vm = createVm(stemcell(kind), Map.of());
        Guest guest = guest(vm);
        guest.await("pong", "/var/vcap/bosh/bin/bosh-agent", "call", "ping");
        assertThat(guest.run("cat", "/var/vcap/data/agent/facts")).contains("settings=600 0:0", "mount=/");
        assertThat(guest.run("cat", "/var/vcap/bosh/warden-cpi-agent-env.json"))
                .contains(MBUS, "\"preconfigured\":true", vm.value());
        guest.run("sh", "-c", "echo of-root >/root/file; echo of-data >/var/vcap/data/file");

        DiskCid disk = createDisk();
        DiskHint hint = provider.disks().attach(call(), vm, disk);
        guest.await("pong", "/var/vcap/bosh/bin/bosh-agent", "call", "ping");
        assertThat(guest.run("cat", "/root/file", "/var/vcap/data/file")).isEqualTo("of-root\nof-data");
        guest.agent("add_persistent_disk", disk.value(), hint.path());
        assertThat(guest.agent("list_disk")).isEmpty();
        guest.agent("mount_disk", disk.value());
        assertThat(guest.agent("list_disk")).isEqualTo(disk.value());
        guest.run("sh", "-c", "echo of-disk >/var/vcap/store/file");

        provider.vms().reboot(call(), vm);
        guest.await("pong", "/var/vcap/bosh/bin/bosh-agent", "call", "ping");
        assertThat(guest.run("cat", "/var/vcap/store/file", "/root/file")).isEqualTo("of-disk\nof-root");

        guest.agent("unmount_disk", disk.value());
        guest.agent("remove_persistent_disk", disk.value());
        guest.run("rm", "-f", "/var/vcap/bosh/managed_disk_settings.json");
        provider.disks().detach(call(), vm, disk);
        guest.await("pong", "/var/vcap/bosh/bin/bosh-agent", "call", "ping");
        assertThat(guest.run("sh", "-c", "cat /root/file; ls /var/vcap/store")).isEqualTo("of-root");
        assertThat(docker.listImagesCmd()
                        .withLabelFilter(Map.of("io.boshcpi.vm", vm.value()))
                        .exec())
                .hasSize(1);
    }

    @Test
    void dataOfADiskSurviveItsVm() throws Exception {
        StemcellCid stemcell = stemcell("tiny-runit");
        DiskCid disk = createDisk();
        VmCid first = createVm(stemcell, Map.of());
        DiskHint hint = provider.disks().attach(call(), first, disk);
        guest(first).run("sh", "-c", "echo kept >" + hint.path() + "/file");
        provider.vms().delete(call(), first);

        VmCid second = createVm(stemcell, Map.of());
        provider.disks().attach(call(), second, disk);
        assertThat(guest(second).run("cat", hint.path() + "/file")).isEqualTo("kept");
    }

    @Test
    void twoNetworksGiveTwoFixedAddressesAlsoAfterADiskCame() throws Exception {
        Map<String, Object> one = real.manual("NETWORK");
        Map<String, Object> two = real.manual("NETWORK2");
        VmCid vm = createVm(stemcell("tiny-runit"), Map.of(), network("a", one), network("b", two));
        assertThat(guest(vm).run("ip", "-o", "-4", "addr")).contains(one.get("ip") + "/24", two.get("ip") + "/24");
        provider.disks().attach(call(), vm, createDisk());
        assertThat(guest(vm).run("ip", "-o", "-4", "addr")).contains(one.get("ip") + "/24", two.get("ip") + "/24");
    }

    @Test
    void limitsOfTheCloudPropertiesHold() throws Exception {
        VmCid vm = createVm(
                stemcell("tiny-runit"),
                Map.of(
                        "memory",
                        64,
                        "cpu",
                        0.5,
                        "ulimits",
                        Map.of("nofile", 1000, "nproc", 1000),
                        "tmpfs",
                        Map.of("/var/vcap/cache", "size=1m"),
                        "shm_size",
                        8));
        var host = docker.inspectContainerCmd(vm.value()).exec().getHostConfig();
        assertThat(host.getMemory()).isEqualTo(64 << 20);
        assertThat(host.getNanoCPUs()).isEqualTo(500_000_000L);
        assertThat(host.getPrivileged()).isFalse();
        Guest guest = guest(vm);
        assertThat(guest.run("sh", "-c", "grep 'open files' /proc/1/limits")).contains("1000");
        assertThat(guest.run("grep", "/var/vcap/cache", "/proc/mounts")).contains("tmpfs", "size=1024k");
        assertThat(guest.run("grep", "/dev/shm", "/proc/mounts")).contains("size=8192k");
    }

    @Test
    void aPrivilegedContainerNeedsTheOperatorsLeave() throws Exception {
        StemcellCid stemcell = stemcell("tiny-runit");
        assertThatThrownBy(() -> createVm(stemcell, Map.of("privileged", true)))
                .hasMessageContaining("docker.allow_privileged: true");
        assertThatThrownBy(() -> createVm(stemcell, Map.of("capabilities", List.of("NET_ADMIN"))))
                .hasMessageContaining("docker.allow_privileged: true");
        assertThatThrownBy(() -> createVm(stemcell, Map.of("binds", List.of("/:/mnt"))))
                .hasMessageContaining("docker.allow_privileged: true");
        try (CloudProvider lenient = real.provider(Map.of("allow_privileged", true))) {
            // Docker makes none where its own process lacks a capability.
            Map<String, Object> leave = real.makesPrivileged()
                    ? Map.of("privileged", true, "binds", List.of("/etc:/mnt:ro"))
                    : Map.of("capabilities", List.of("NET_ADMIN"), "binds", List.of("/etc:/mnt:ro"));
            VmRequest request = request(stemcell, leave, network("a", real.manual("NETWORK")));
            VmCid vm = lenient.vms().create(call(), request).cid();
            cleanUps.push(() -> provider.vms().delete(call(), vm));
            assertThat(docker.inspectContainerCmd(vm.value())
                            .exec()
                            .getHostConfig()
                            .getPrivileged())
                    .isEqualTo(real.makesPrivileged());
            assertThat(guest(vm).run("grep", " /mnt ", "/proc/mounts")).contains(" ro,");
        }
    }

    @Test
    void metadataAreLabelsOfAVolumeBesideAndAreMerged() {
        VmCid vm = createVm(stemcell("tiny-runit"), Map.of());
        String containerBefore = container(vm).getId();
        provider.vms().setMetadata(call(), vm, Map.of("deployment", "a", "index", "0"));
        provider.vms().setMetadata(call(), vm, Map.of("index", "1"));
        assertThat(volumes("io.boshcpi.of=" + vm.value()))
                .singleElement()
                .satisfies(volume -> assertThat(volume.getLabels())
                        .containsEntry("io.boshcpi.metadata.deployment", "a")
                        .containsEntry("io.boshcpi.metadata.index", "1"));
        assertThat(container(vm).getId()).isEqualTo(containerBefore);
    }

    @Test
    void aFailedCreationLeavesNothing() {
        StemcellCid stemcell = stemcell("tiny-runit");
        Map<String, Object> address = real.manual("NETWORK");
        createVm(stemcell, Map.of(), network("a", address));
        CpiException taken =
                catchThrowableOfType(CpiException.class, () -> createVm(stemcell, Map.of(), network("a", address)));
        assertThat(taken.type()).isEqualTo(ErrorType.VM_CREATION_FAILED);
        assertThat(taken.okToRetry()).isFalse();
        assertThat(containers()).hasSize(1);
        assertThat(volumes("io.boshcpi.director=" + director)).hasSize(1);

        CpiException absent = catchThrowableOfType(
                CpiException.class,
                () -> createVm(
                        stemcell,
                        Map.of(),
                        network("a", Map.of("type", "dynamic", "cloud_properties", Map.of("name", "not-there")))));
        assertThat(absent).hasMessageContaining("not-there");
        assertThat(containers()).hasSize(1);
        assertThat(volumes("io.boshcpi.director=" + director)).hasSize(1);
    }

    @Test
    void aRepeatedCreationRemovesWhatTheFirstOneLeft() {
        StemcellCid stemcell = stemcell("tiny-runit");
        VmRequest request = request(stemcell, Map.of(), network("a", real.manual("NETWORK")));
        VmCid lost = provider.vms().create(call(), request).cid();
        VmCid vm = provider.vms().create(call(), request).cid();
        cleanUps.push(() -> provider.vms().delete(call(), vm));
        assertThat(provider.vms().exists(call(), lost)).isFalse();
        assertThat(container(vm).getState()).isEqualTo("running");
    }

    @Test
    void anAttachThatWasCutOffIsRepeated() throws Exception {
        VmCid vm = createVm(stemcell("tiny-runit"), Map.of());
        DiskCid disk = createDisk();
        guest(vm).run("sh", "-c", "echo of-root >/root/file");
        String old = container(vm).getId();
        docker.stopContainerCmd(old).withTimeout(10).exec();
        docker.renameContainerCmd(old).withName(vm + ".previous").exec();
        assertThat(provider.vms().exists(call(), vm)).isTrue();
        docker.createContainerCmd(container(vm).getImage())
                .withName(vm.value())
                .withEntrypoint("/bin/false")
                .withLabels(container(vm).getLabels())
                .exec();

        DiskHint hint = provider.disks().attach(call(), vm, disk);
        assertThat(guest(vm).run("sh", "-c", "cat /root/file; grep -c " + hint.path() + " /proc/mounts"))
                .isEqualTo("of-root\n1");
        assertThat(containers()).hasSize(1);
    }

    @Test
    void aFailedAttachGivesTheVmBack() throws Exception {
        VmCid vm = createVm(stemcell("tiny-runit"), Map.of());
        guest(vm).run("sh", "-c", "echo of-root >/root/file");
        DiskCid disk = createDisk();
        // The VM takes longer to stop than the call has.
        guest(vm)
                .run(
                        "sh",
                        "-c",
                        "pid=$(pidof runsvdir); kill -STOP $pid; (sleep 5; kill -CONT $pid) >/dev/null 2>&1 </dev/null &");
        Call hasty = new Call("test", Optional.of(director), Deadline.in(Duration.ofSeconds(2)));
        CpiException late =
                catchThrowableOfType(CpiException.class, () -> provider.disks().attach(hasty, vm, disk));
        assertThat(late).hasMessageContaining("does not answer POST /containers/");
        assertThat(provider.vms().disks(call(), vm)).isEmpty();
        assertThat(guest(vm).run("cat", "/root/file")).isEqualTo("of-root");
        assertThat(container(vm).getState()).isEqualTo("running");
    }

    @Test
    void whatIsNotOfThisCpiIsLeftAlone() {
        docker.createVolumeCmd().withName("foreign-volume").exec();
        cleanUps.push(() -> docker.removeVolumeCmd("foreign-volume").exec());
        provider.disks().delete(call(), new DiskCid("foreign-volume"));
        provider.vms().delete(call(), new VmCid("foreign-volume"));
        assertThat(provider.disks().exists(call(), new DiskCid("foreign-volume")))
                .isFalse();
        assertThat(docker.inspectVolumeCmd("foreign-volume").exec().getName()).isEqualTo("foreign-volume");
    }

    @Test
    void aCidThatNoEngineCouldHaveIsAbsent() {
        VmCid vm = new VmCid("vm:1+2");
        assertThat(provider.vms().exists(call(), vm)).isFalse();
        provider.vms().delete(call(), vm);
        provider.disks().delete(call(), new DiskCid("disk:1"));
        provider.stemcells().delete(call(), new StemcellCid("sc:1"));
    }

    @Test
    void aStemcellWithVmsStaysUsableForThemAndTheirDisks() {
        StemcellCid stemcell = stemcell("tiny-runit");
        VmCid vm = createVm(stemcell, Map.of());
        assertThatThrownBy(() -> provider.stemcells().delete(call(), stemcell)).hasMessageContaining("delete the VMs");
        provider.disks().attach(call(), vm, createDisk());
        provider.stemcells().delete(call(), stemcell);
        provider.disks().attach(call(), vm, createDisk());
        assertThat(provider.vms().disks(call(), vm)).hasSize(2);
    }

    @Test
    void aLightStemcellIsAnImageThatTheEngineHas() {
        StemcellCid full = stemcell("tiny-runit");
        String image = "localhost/bosh-stemcell:" + full;
        String id = docker.inspectImageCmd(image).exec().getId();
        StemcellCid light = light(Map.of("image_reference", image, "digest", id));
        createVm(light, Map.of());
        cleanUps.pop().run();
        provider.stemcells().delete(call(), light);
        assertThat(docker.inspectImageCmd(image).exec().getId()).isEqualTo(id);

        String other = "sha256:" + "0".repeat(64);
        assertThatThrownBy(() -> light(Map.of("image_reference", image, "digest", other)))
                .hasMessageContaining(other);
        assertThatThrownBy(() -> light(Map.of("image_reference", "../x"))).hasMessageContaining("image_reference");
    }

    @Test
    void anImageThatIsNoneIsRefusedWithTheEnginesWords() throws Exception {
        java.nio.file.Path file = java.nio.file.Files.createTempFile("image", ".tgz");
        java.nio.file.Files.writeString(file, "no tar at all");
        cleanUps.push(() -> file.toFile().delete());
        int before = docker.listImagesCmd().exec().size();
        assertThatThrownBy(() -> provider.stemcells()
                        .create(call(), new StemcellImage(file, PropertyTree.empty("cloud_properties"), Map.of())))
                .isInstanceOf(CpiException.class);
        assertThat(docker.listImagesCmd().exec()).hasSize(before);
    }

    @Test
    void gcFindsWhatNoDirectorKnows() {
        StemcellCid stemcell = stemcell("tiny-runit");
        VmCid lost = createVm(stemcell, Map.of());
        VmCid known = createVm(stemcell, Map.of());
        provider.vms().setMetadata(call(), known, Map.of("name", "known"));
        DiskCid disk = createDisk();
        docker.createVolumeCmd()
                .withName("vm-gone-" + director)
                .withLabels(Map.of(
                        "io.boshcpi.kind",
                        "ephemeral-disk",
                        "io.boshcpi.vm",
                        "vm-gone",
                        "io.boshcpi.director",
                        director))
                .exec();

        Maintenance maintenance = provider.maintenance().orElseThrow();
        List<Maintenance.Leftover> found = maintenance.leftovers(call()).stream()
                .filter(leftover -> leftover.directorUuid().equals(Optional.of(director)))
                .toList();
        assertThat(found)
                .extracting(leftover -> leftover.kind() + " " + leftover.name() + " " + leftover.precious())
                .containsExactlyInAnyOrder(
                        "vm " + lost + " false",
                        "persistent-disk " + disk + " true",
                        "ephemeral-disk vm-gone-" + director + " false");
        assertThat(maintenance.remove(call(), found)).hasSize(3);
        assertThat(maintenance.remove(call(), found)).isEmpty();
        assertThat(provider.vms().exists(call(), lost)).isFalse();
        assertThat(provider.vms().exists(call(), known)).isTrue();
    }

    @Test
    void doctorTellsOfTheEngineAndOfANetworkThatIsNotThere() {
        assertThat(provider.maintenance().orElseThrow().diagnose(call()))
                .extracting(finding -> finding.verdict() + " " + finding.subject() + ": " + finding.observation())
                .anyMatch(text ->
                        text.matches("OK engine: " + real.software() + " \\d+\\.\\d+\\.\\d+.*, API 1\\.\\d+, .*"))
                .contains("OK network " + real.get("NETWORK") + ": is there");
        try (CloudProvider wrong = real.provider(Map.of("network", "not-there"))) {
            assertThat(wrong.maintenance().orElseThrow().diagnose(call()))
                    .anyMatch(finding -> finding.verdict() == Maintenance.Verdict.ERROR
                            && finding.subject().equals("network not-there"));
        }
    }

    private Call call() {
        return new Call("test-" + UUID.randomUUID(), Optional.of(director), Deadline.in(Duration.ofMinutes(5)));
    }

    private StemcellCid stemcell(String kind) {
        StemcellCid stemcell = provider.stemcells()
                .create(
                        call(),
                        new StemcellImage(RealEngine.stemcell(kind), PropertyTree.empty("cloud_properties"), Map.of()));
        cleanUps.push(() -> provider.stemcells().delete(call(), stemcell));
        return stemcell;
    }

    private StemcellCid light(Map<String, Object> properties) {
        StemcellCid stemcell = provider.stemcells()
                .create(
                        call(),
                        new StemcellImage(
                                RealEngine.stemcell("tiny-runit"),
                                PropertyTree.of("cloud_properties", properties),
                                Map.of()));
        cleanUps.push(() -> provider.stemcells().delete(call(), stemcell));
        return stemcell;
    }

    private DiskCid createDisk() {
        DiskCid disk = provider.disks()
                .create(call(), new DiskRequest(64, PropertyTree.empty("cloud_properties"), Optional.empty()));
        cleanUps.addLast(() -> provider.disks().delete(call(), disk));
        return disk;
    }

    private VmCid createVm(StemcellCid stemcell, Map<String, Object> properties, NetworkSpec... networks) {
        NetworkSpec[] wanted =
                networks.length > 0 ? networks : new NetworkSpec[] {network("default", real.manual("NETWORK"))};
        VmCid vm = provider.vms()
                .create(call(), request(stemcell, properties, wanted))
                .cid();
        cleanUps.push(() -> provider.vms().delete(call(), vm));
        return vm;
    }

    private static VmRequest request(StemcellCid stemcell, Map<String, Object> properties, NetworkSpec... networks) {
        AgentSettings agent = new AgentSettings(
                new AgentId(UUID.randomUUID().toString()),
                Optional.of(new Secret(MBUS)),
                Map.of(),
                List.of(),
                Map.of());
        return new VmRequest(
                agent, stemcell, PropertyTree.of("cloud_properties", properties), List.of(networks), List.of());
    }

    private static NetworkSpec network(String name, Map<String, Object> settings) {
        return NetworkSpec.of(name, PropertyTree.of("networks." + name, settings));
    }

    private List<InspectVolumeResponse> volumes(String label) {
        return docker.listVolumesCmd()
                .withFilter("label", List.of(label))
                .exec()
                .getVolumes();
    }

    private List<Container> containers() {
        return docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of("io.boshcpi.director", director))
                .exec();
    }

    private Container container(VmCid vm) {
        return containers().stream()
                .filter(container -> vm.value().equals(container.getLabels().get("io.boshcpi.vm")))
                .findFirst()
                .orElseThrow();
    }

    private Guest guest(VmCid vm) {
        return new Guest(docker, vm.value());
    }
}
