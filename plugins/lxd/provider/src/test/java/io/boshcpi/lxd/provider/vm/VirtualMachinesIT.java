package io.boshcpi.lxd.provider.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.fake.RealServer;
import io.boshcpi.lxd.fake.TestDisks;
import io.boshcpi.lxd.fake.TestProjects;
import io.boshcpi.lxd.provider.testing.Harness;
import io.boshcpi.lxd.provider.testing.Lab;
import io.boshcpi.lxd.provider.testing.Machine;
import io.boshcpi.lxd.provider.testing.ServerTurns;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.Snapshots;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.StemcellImage;
import io.boshcpi.spi.VmCid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Virtual machines with a real kernel, made as a Director does and looked at from inside. Runs on the servers that {@code
 * .ci/servers} has started with {@code CPI_TEST_VMS}, on none otherwise.
 */
@Tag("server")
@ExtendWith(ServerTurns.class)
@ParameterizedClass(name = "{0}", allowZeroInvocations = true)
@MethodSource("io.boshcpi.lxd.fake.RealServer#withVirtualMachines")
final class VirtualMachinesIT {
    private static final Map<String, ?> SMALL = Map.of("cpu", 1, "memory", 256, "ephemeral_disk", 64);

    private final RealServer server;
    private final Lab lab;

    @TempDir
    private Path folder;

    VirtualMachinesIT(RealServer server) {
        this.server = server;
        this.lab = new Lab(server);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void aMachineFindsItsSettingsComesBackAndLeavesNothing() {
        Machine machine = machine(stemcell(RealServer.stemcell("image-vm"), "qcow2"));
        VmCid vm = machine.vm();

        assertThat(machine.facts())
                .contains("starts=1", "address=eth0 " + machine.address() + "/24")
                .anyMatch(fact -> fact.matches("agent_id=[0-9a-f-]{36}"))
                .anyMatch(fact -> fact.startsWith("mount=/var/vcap/data /dev/"));
        machine.sh("echo kept > /var/vcap/data/file && sync");
        assertThat(machine.sh("mkdir /c && mount -o ro /dev/disk/by-label/config-2 /c && ls -R /c/ec2 && umount /c"))
                .contains("meta-data.json", "user-data");
        refusesDisksOfTheOtherKind(vm);
        lab.provider.vms().setMetadata(lab.call, vm, Map.of("job", "db"));

        lab.provider.vms().reboot(lab.call, vm);
        machine.await("starts=2");
        assertThat(machine.sh("cat /var/vcap/data/file")).isEqualTo("kept");

        Instance instance = lab.lxd().instances().find(vm.value()).orElseThrow();
        assertThat(instance.type()).isEqualTo("virtual-machine");
        assertThat(instance.config()).containsEntry("user.bosh.metadata.job", "db");
        assertThat(volumesOf(vm)).containsExactlyInAnyOrder(vm + "-config", vm + "-ephemeral");
        lab.deleteVms();
        assertThat(lab.provider.vms().exists(lab.call, vm)).isFalse();
        assertThat(volumesOf(vm)).isEmpty();
    }

    @Test
    void aDiskKeepsItsDataFromMachineToMachine() throws IOException, InterruptedException {
        StemcellCid stemcell = stemcell(raw(RealServer.stemcell("image-vm")), "raw");
        Machine first = machine(stemcell);
        DiskCid disk = lab.disk(64, Map.of(), first.vm());

        first.agent("add_persistent_disk", disk.value(), attach(first, disk));
        first.agent("mount_disk", disk.value());
        first.sh("echo data > /var/vcap/store/file && chown 1000:1001 /var/vcap/store/file && sync");
        assertThat(lab.provider.vms().disks(lab.call, first.vm())).containsExactly(disk);

        first.kill(lab);
        first.await("starts=2");
        assertThat(first.sh("cat /var/vcap/store/file")).isEqualTo("data");

        first.agent("unmount_disk", disk.value());
        first.agent("remove_persistent_disk", disk.value());
        lab.provider.disks().detach(lab.call, first.vm(), disk);
        assertThat(lab.provider.vms().disks(lab.call, first.vm())).isEmpty();
        lab.deleteVms();
        lab.provider.diskUpdates().orElseThrow().resize(lab.call, disk, 96);
        Snapshots snapshots = lab.provider.snapshots().orElseThrow();
        snapshots.delete(lab.call, snapshots.create(lab.call, disk, Map.of("deployment", "it")));
        DiskCid moved = lab.update(disk, 96, Map.of("storage_pool", server.get("POOL_DIR")));

        Machine second = machine(stemcell);
        second.agent("add_persistent_disk", moved.value(), attach(second, moved));
        second.agent("mount_disk", moved.value());
        assertThat(second.sh("cat /var/vcap/store/file; stat -c %u:%g /var/vcap/store/file"))
                .isEqualTo("data\n1000:1001");
        assertThat(second.facts()).anyMatch(fact -> fact.contains(" " + (96L << 20) + " "));
    }

    @Test
    void aStemcellThatABiosStartsBootsWhereTheServerHasOneAndIsRefusedElsewhere() {
        Path image = RealServer.stemcell("image-bios");
        if (!lab.lxd().server().hasExtension("security_csm")) {
            assertThatThrownBy(() -> stemcell(image, "qcow2"))
                    .isInstanceOf(CpiException.class)
                    .hasMessageContaining("this server boots virtual machines by UEFI alone");
            assertThat(lab.lxd().images().list())
                    .extracting(found -> found.properties().get("user.bosh.name"))
                    .doesNotContain("it-vm-image-bios");
            return;
        }

        Machine machine = machine(stemcell(image, "qcow2"));

        assertThat(machine.sh("test -d /sys/firmware/efi && echo UEFI || echo BIOS"))
                .isEqualTo("BIOS");
        assertThat(lab.lxd()
                        .instances()
                        .find(machine.vm().value())
                        .orElseThrow()
                        .config())
                .containsEntry("security.csm", "true");
        findsItsDiskWhereTwoLinksEndInItsCid(machine);
    }

    @Test
    void aRestrictedProjectNeedsToAllowNothingForAMachine() {
        String project = "it-" + UUID.randomUUID().toString().substring(0, 8);
        Endpoint endpoint = Endpoint.unix(server.socket());
        TestProjects.create(endpoint, project, Map.of("restricted", "true", "features.images", "false"));
        try (Lab fenced = new Lab(server, Map.of("project", project))) {
            StemcellCid stemcell = stemcell(fenced, RealServer.stemcell("image-vm"), "qcow2");
            for (String key : List.of("raw.qemu", "raw.idmap", "security.agent.metrics")) {
                assertThatThrownBy(() -> Machine.create(fenced, server, stemcell, Map.of("config", Map.of(key, "on"))))
                        .isInstanceOf(CpiException.class)
                        .hasMessageContaining("cloud_properties.config." + key);
            }
            assertThat(fenced.lxd().instances().list()).isEmpty();
            assertThat(fenced.lxd().volumes(server.get("POOL")).list()).isEmpty();

            VmCid vm = Machine.create(fenced, server, stemcell, SMALL).vm();
            DiskCid disk = fenced.disk(16, Map.of(), vm);
            fenced.provider.disks().attach(fenced.call, vm, disk);

            assertThat(fenced.lxd().instances().find(vm.value()).orElseThrow().isStopped())
                    .isFalse();
            assertThat(fenced.provider.vms().disks(fenced.call, vm)).containsExactly(disk);
        } finally {
            TestProjects.delete(endpoint, project);
        }
    }

    /** As with sg3-utils in the guest, which Ubuntu's servers have. */
    private void findsItsDiskWhereTwoLinksEndInItsCid(Machine machine) {
        DiskCid disk = lab.disk(64, Map.of(), machine.vm());

        machine.agent("add_persistent_disk", disk.value(), attach(machine, disk));
        machine.agent("mount_disk", disk.value());

        assertThat(machine.facts())
                .anyMatch(fact -> fact.startsWith("by-id=scsi-0QEMU_") && fact.contains(disk + " "))
                .anyMatch(fact -> fact.startsWith("by-id=scsi-SQEMU_") && fact.contains(disk + " "))
                .anyMatch(fact -> fact.startsWith("mount=/var/vcap/store /dev/"));
    }

    /** A boot takes its time, so one machine serves two purposes. */
    private void refusesDisksOfTheOtherKind(VmCid machine) {
        DiskCid files = lab.disk(16, Map.of());
        VmCid container = lab.vm("tiny-runit", Map.of());
        DiskCid blocks = lab.disk(16, Map.of("content_type", "block"));

        assertThatThrownBy(() -> lab.provider.disks().attach(lab.call, machine, files))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("is a filesystem volume, which the virtual machine " + machine + " cannot use")
                .hasMessageContaining("content_type: block");
        assertThatThrownBy(() -> lab.provider.disks().attach(lab.call, container, blocks))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("is a block volume, which the container " + container + " cannot use");
    }

    private Machine machine(StemcellCid stemcell) {
        return Machine.start(lab, server, stemcell, SMALL);
    }

    private String attach(Machine machine, DiskCid disk) {
        return lab.provider.disks().attach(lab.call, machine.vm(), disk).path();
    }

    private StemcellCid stemcell(Path image, String format) {
        return stemcell(lab, image, format);
    }

    private static StemcellCid stemcell(Lab lab, Path image, String format) {
        String name = "it-vm-" + image.getFileName().toString().replaceFirst("-[0-9a-f]{12}.tar.gz", "");
        Map<String, String> properties = Map.of("name", name, "version", "1", "disk_format", format);
        return lab.provider
                .stemcells()
                .create(lab.call, new StemcellImage(image, Harness.properties(properties), Map.of()));
    }

    /** The same stemcell with a raw disk. */
    private Path raw(Path image) throws IOException, InterruptedException {
        run("tar", "-xzf", image.toString());
        run("qemu-img", "convert", "-O", "raw", "root.img", "raw");
        return TestDisks.archive(
                folder.resolve("image"), Map.of("root.img", Files.readAllBytes(folder.resolve("raw"))));
    }

    private void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).as(List.of(command).toString()).isZero();
    }

    private List<String> volumesOf(VmCid vm) {
        return lab.lxd().volumes(server.get("POOL")).list().stream()
                .map(Volume::name)
                .filter(name -> name.startsWith(vm.value()))
                .toList();
    }
}
