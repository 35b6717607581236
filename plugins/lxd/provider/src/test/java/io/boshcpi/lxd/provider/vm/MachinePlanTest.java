package io.boshcpi.lxd.provider.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.devices.MappedDevices;
import io.boshcpi.lxd.network.bridge.BridgeNetwork;
import io.boshcpi.lxd.project.ConfiguredProject;
import io.boshcpi.lxd.provider.image.BootMode;
import io.boshcpi.lxd.provider.image.Firmware;
import io.boshcpi.lxd.provider.server.Contributors;
import io.boshcpi.lxd.provider.server.LxdConfig;
import io.boshcpi.lxd.provider.server.Marks;
import io.boshcpi.lxd.provider.server.Origin;
import io.boshcpi.lxd.provider.server.Policy;
import io.boshcpi.lxd.provider.stemcell.StemcellOnServer;
import io.boshcpi.lxd.provider.testing.Harness;
import io.boshcpi.lxd.spi.InstanceKind;
import io.boshcpi.lxd.spi.ProjectRules;
import io.boshcpi.lxd.spi.VolumeRequest;
import io.boshcpi.lxd.storage.btrfs.BtrfsStorageDriver;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.VmCid;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MachinePlanTest {
    private static final VmCid VM = new VmCid("vm-1");
    private static final String FINGERPRINT = "0123456789abcdef".repeat(4);
    private static final ProjectRules FREE = new ProjectRules("default", true, true, true, false);
    private static final String EPHEMERAL = "/dev/disk/by-id/scsi-0QEMU_QEMU_HARDDISK_lxd_ephemeral";

    private Firmware firmware = new Firmware(false, true);

    @Test
    void aMachineReadsItsSettingsFromItsOwnDrive() {
        VmPlan plan = plan(Map.of(), BootMode.UEFI);

        ConfigDriveVolume drive = plan.configDrive().orElseThrow();
        assertThat(plan.guest()).isEmpty();
        assertThat(drive.volume().name()).isEqualTo("vm-1-config");
        assertThat(drive.volume().config())
                .containsEntry(Marks.KIND, Marks.KIND_CONFIG_DRIVE)
                .containsEntry(Marks.VM, "vm-1");
        assertThat(plan.instance().devices().get("config"))
                .isEqualTo(Map.of("type", "disk", "pool", "default", "source", "vm-1-config", "readonly", "true"));
        assertThat(drive.toString()).doesNotContain("agent");
        assertThat(plan.instance().body("").get("type")).isEqualTo("virtual-machine");
        assertThat(plan.rawLxc(List.of())).isEmpty();
    }

    @Test
    void theAgentSetsTheAddressesItself() {
        String settings = settings(plan(Map.of(), BootMode.UEFI));

        assertThat(settings).contains("\"ip\":\"10.0.0.5\"", "\"mac\":\"").doesNotContain("preconfigured");
    }

    @Test
    void theEphemeralDiskIsABlockDeviceThatTheAgentFindsByItsSerial() {
        VmPlan plan = plan(Map.of("ephemeral_disk", 1024), BootMode.UEFI);

        assertThat(plan.ephemeralDisk().orElseThrow().content()).isEqualTo(VolumeRequest.Content.BLOCK);
        assertThat(plan.instance().devices().get("ephemeral")).doesNotContainKey("path");
        assertThat(settings(plan)).contains("\"ephemeral\":\"" + EPHEMERAL + "\"");
        assertThat(settings(plan(Map.of(), BootMode.UEFI))).doesNotContain("\"ephemeral\"");
    }

    @ParameterizedTest
    @CsvSource({
        "UEFI, false, true, false, security.secureboot=false",
        "UEFI, false, true, true, security.secureboot=true",
        "UEFI, false, false, false, security.secureboot=false",
        "UEFI, true, true, false, boot.mode=uefi-nosecureboot",
        "UEFI, true, true, true, boot.mode=uefi-secureboot",
        "BIOS, false, true, false, security.csm=true security.secureboot=false",
        "BIOS, true, false, false, boot.mode=bios",
    })
    void eachServerIsToldInItsWordsHowToBoot(
            BootMode mode, boolean hasBootMode, boolean hasCsm, boolean secureBoot, String expected) {
        firmware = new Firmware(hasBootMode, hasCsm);

        Map<String, String> config =
                plan(Map.of("secure_boot", secureBoot), mode).instance().config();

        for (String entry : expected.split(" ", -1)) {
            assertThat(config).containsEntry(entry.split("=", -1)[0], entry.split("=", -1)[1]);
        }
        assertThat(config).doesNotContainKey(hasBootMode ? "security.secureboot" : "boot.mode");
    }

    @Test
    void anOperatorMayKnowBetterHowAMachineBoots() {
        assertThat(plan(Map.of("boot_mode", "bios"), BootMode.UEFI).instance().config())
                .containsEntry("security.csm", "true");
    }

    @Test
    void aServerThatCannotBootByBiosIsRefusedBeforeAnythingIsMade() {
        firmware = new Firmware(false, false);

        assertThatThrownBy(() -> plan(Map.of(), BootMode.BIOS))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("this server boots virtual machines by UEFI alone");
    }

    @ParameterizedTest
    @CsvSource({"nesting", "privileged"})
    void aPropertyOfContainersIsRefusedByName(String property) {
        assertThatThrownBy(() -> plan(Map.of(property, true), BootMode.UEFI))
                .isInstanceOf(CpiException.class)
                .hasMessage("cloud_properties." + property + " is for a container; the stemcell sc-" + FINGERPRINT
                        + " makes a virtual machine");
    }

    private static String settings(VmPlan plan) {
        return new String(plan.configDrive().orElseThrow().drive().toArray(), StandardCharsets.UTF_8);
    }

    private VmPlan plan(Map<String, ?> properties, BootMode bootMode) {
        LxdConfig config = PropertyTree.of("lxd", Map.of()).bind(LxdConfig.class);
        List<NetworkSpec> networks = List.of(Harness.manual("default", "10.0.0.5", "10.0.0.1", Map.of("name", "br0")));
        VmPlanner planner = new VmPlanner(
                VM,
                Harness.vm(new StemcellCid("sc-" + FINGERPRINT), properties, networks),
                config,
                new Contributors(Harness.context(List.of(
                        new BtrfsStorageDriver(), new BridgeNetwork(), new ConfiguredProject(), new MappedDevices()))));
        return planner.plan(new PlanInputs(
                new StemcellOnServer(FINGERPRINT, InstanceKind.VIRTUAL_MACHINE, bootMode, Optional.empty()),
                new MemberChoice(false, Optional.empty()),
                FREE,
                Policy.of(config, false),
                Optional.of(new BtrfsStorageDriver()),
                Set.of(),
                Optional.of(new MachineInputs(firmware, EPHEMERAL)),
                new Origin(Optional.empty(), "2026-01-01T00:00:00Z")));
    }
}
