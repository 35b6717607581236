package io.boshcpi.lxd.provider.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.client.session.NewVolume;
import io.boshcpi.lxd.fake.TestDisks;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.provider.server.Marks;
import io.boshcpi.lxd.provider.testing.Harness;
import io.boshcpi.lxd.provider.testing.OnFakeLxd;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.DiskCid;
import io.boshcpi.spi.DiskRequest;
import io.boshcpi.spi.Maintenance.Leftover;
import io.boshcpi.spi.VmCid;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("fake")
@ParameterizedClass
@EnumSource(Dialect.class)
final class MachinesTest {
    private final OnFakeLxd cloud;

    MachinesTest(Dialect dialect) throws IOException {
        this.cloud = new OnFakeLxd(dialect);
    }

    @AfterEach
    void close() throws IOException {
        cloud.close();
    }

    @Test
    void itsVolumesLiveAndDieWithAMachine() throws IOException {
        VmCid vm = machine();

        assertThat(volumes()).containsExactlyInAnyOrder(vm + "-config", vm + "-ephemeral");
        assertThat(cloud.operator().volumes("btrfs").list())
                .allMatch(volume -> volume.contentType().equals("block"))
                .allMatch(volume -> vm.value().equals(volume.config().get(Marks.VM)));
        cloud.provider.vms().delete(cloud.call, vm);
        assertThat(volumes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"POST, /1.0/storage-pools/.*", "POST, /1.0/instances", "PUT, /1.0/instances/.*/state"})
    void aFailureLeavesNothing(String method, String path) throws IOException {
        cloud.machineStemcell(TestDisks.uefi(1 << 20));
        cloud.lxd.faults().on(method, path).fail(500, "disk on fire");

        assertThatThrownBy(this::machine).isInstanceOf(CpiException.class).hasMessageContaining("disk on fire");

        assertThat(volumes()).isEmpty();
        assertThat(cloud.operator().instances().list()).isEmpty();
    }

    @Test
    void aMachineIsMadeOnceMoreIfABusyServerDidNotReadItsImage() throws IOException {
        cloud.machineStemcell(TestDisks.uefi(1 << 20));
        cloud.lxd
                .faults()
                .on("POST", "/1.0/instances")
                .fail(500, "Failed creating instance from image: unexpected end of JSON input");

        VmCid vm = machine();

        assertThat(cloud.operator().instances().list())
                .extracting(Instance::name)
                .containsExactly(vm.value());
    }

    @Test
    void metadataIsSetWhileTheMachineRuns() throws IOException {
        VmCid vm = machine();

        cloud.provider.vms().setMetadata(cloud.call, vm, Map.of("job", "db"));

        assertThat(cloud.operator().instances().find(vm.value()).orElseThrow().config())
                .containsEntry("user.bosh.metadata.job", "db");
    }

    @Test
    void aDriveWithoutItsMachineIsALeftover() {
        Map<String, String> marks =
                Map.of(Marks.KIND, Marks.KIND_CONFIG_DRIVE, Marks.STATE, Marks.STATE_CREATING, Marks.VM, "vm-gone");
        cloud.operator().volumes("btrfs").create(new NewVolume("vm-gone-config", "block", "", marks, null));

        assertThat(cloud.provider.maintenance().orElseThrow().leftovers(cloud.call))
                .extracting(Leftover::name)
                .containsExactly("btrfs/vm-gone-config");
    }

    @Test
    void aDeletionThatWasCutOffIsFinished() throws IOException {
        VmCid vm = machine();
        cloud.lxd.faults().on("DELETE", "/1.0/storage-pools/.*").fail(500, "disk on fire");
        assertThatThrownBy(() -> cloud.provider.vms().delete(cloud.call, vm)).isInstanceOf(CpiException.class);
        assertThat(volumes()).isNotEmpty();

        cloud.provider.vms().delete(cloud.call, vm);

        assertThat(volumes()).isEmpty();
    }

    @Test
    void aDiskIsMadeForTheKindOfItsVm() throws IOException {
        VmCid machine = machine();
        VmCid container = cloud.vm(cloud.stemcell(), Map.of(), "10.77.1.21", Map.of());

        assertThat(contentOf(disk(Map.of(), Optional.of(machine)))).isEqualTo("block");
        assertThat(contentOf(disk(Map.of(), Optional.of(container)))).isEqualTo("filesystem");
        assertThat(contentOf(disk(Map.of(), Optional.empty()))).isEqualTo("filesystem");
        assertThat(contentOf(disk(Map.of("content_type", "filesystem"), Optional.of(machine))))
                .isEqualTo("filesystem");
    }

    @Test
    void aDiskOfTheOtherKindIsRefusedBeforeItIsAttached() throws IOException {
        VmCid machine = machine();
        DiskCid disk = disk(Map.of(), Optional.empty());

        assertThatThrownBy(() -> cloud.provider.disks().attach(cloud.call, machine, disk))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("is a filesystem volume, which the virtual machine " + machine + " cannot use")
                .hasMessageContaining("content_type: block");
        assertThat(cloud.provider.vms().disks(cloud.call, machine)).isEmpty();
    }

    @Test
    void aDiskIsFoundByItsNameInTheGuest() throws IOException {
        VmCid machine = machine();
        DiskCid disk = disk(Map.of(), Optional.of(machine));

        String path = cloud.provider.disks().attach(cloud.call, machine, disk).path();

        assertThat(path).startsWith("/dev/disk/by-id/scsi-0QEMU_QEMU_HARDDISK_");
        assertThat(cloud.provider.vms().disks(cloud.call, machine)).containsExactly(disk);
        cloud.provider.disks().detach(cloud.call, machine, disk);
        assertThat(cloud.provider.vms().disks(cloud.call, machine)).isEmpty();
    }

    private VmCid machine() throws IOException {
        return cloud.vm(cloud.machineStemcell(TestDisks.uefi(1 << 20)), Map.of("ephemeral_disk", 64));
    }

    private DiskCid disk(Map<String, ?> properties, Optional<VmCid> vm) {
        return cloud.provider.disks().create(cloud.call, new DiskRequest(64, Harness.properties(properties), vm));
    }

    private String contentOf(DiskCid disk) {
        return cloud.operator()
                .volumes("btrfs")
                .find(disk.value())
                .orElseThrow()
                .contentType();
    }

    private List<String> volumes() {
        return cloud.operator().volumes("btrfs").list().stream()
                .map(Volume::name)
                .toList();
    }
}
