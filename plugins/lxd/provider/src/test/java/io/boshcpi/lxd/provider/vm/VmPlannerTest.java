package io.boshcpi.lxd.provider.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.devices.MappedDevices;
import io.boshcpi.lxd.network.bridge.BridgeNetwork;
import io.boshcpi.lxd.project.ConfiguredProject;
import io.boshcpi.lxd.provider.image.BootMode;
import io.boshcpi.lxd.provider.server.Contributors;
import io.boshcpi.lxd.provider.server.LxdConfig;
import io.boshcpi.lxd.provider.server.Origin;
import io.boshcpi.lxd.provider.server.Policy;
import io.boshcpi.lxd.provider.stemcell.StemcellOnServer;
import io.boshcpi.lxd.provider.stemcell.StemcellTraits;
import io.boshcpi.lxd.provider.testing.Harness;
import io.boshcpi.lxd.spi.Device;
import io.boshcpi.lxd.spi.DeviceContributor;
import io.boshcpi.lxd.spi.DeviceRequest;
import io.boshcpi.lxd.spi.InstanceKind;
import io.boshcpi.lxd.spi.NetworkContributor;
import io.boshcpi.lxd.spi.NicRequest;
import io.boshcpi.lxd.spi.ProjectRules;
import io.boshcpi.lxd.storage.btrfs.BtrfsStorageDriver;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.VmCid;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pf4j.ExtensionPoint;

final class VmPlannerTest {
    private static final VmCid VM = new VmCid("vm-1");
    private static final ProjectRules FREE = new ProjectRules("default", true, true, true, false);
    private static final ProjectRules RESTRICTED = new ProjectRules("narrow", false, false, false, true);
    private static final StemcellTraits SYSTEMD =
            new StemcellTraits(StemcellTraits.Init.SYSTEMD, "/var/vcap/bosh/warden-cpi-agent-env.json", true);
    private static final StemcellTraits RUNIT =
            new StemcellTraits(StemcellTraits.Init.RUNIT, "/var/vcap/bosh/warden-cpi-agent-env.json", true);
    private static final String FINGERPRINT = "0123456789abcdef".repeat(4);

    private Map<String, ?> allow = Map.of();
    private final List<ExtensionPoint> extensions = new ArrayList<>(
            List.of(new BtrfsStorageDriver(), new BridgeNetwork(), new ConfiguredProject(), new MappedDevices()));
    private final List<NetworkSpec> networks =
            new ArrayList<>(List.of(Harness.manual("default", "10.0.0.5", "10.0.0.1", Map.of("name", "boshbr0"))));

    @Test
    void sizesBecomeLimitsAndDisks() {
        Planned plan = plan(Map.of("instance_type", "c2-m4", "root_disk", 8192, "ephemeral_disk", 1024));

        assertThat(plan.config()).containsEntry("limits.cpu", "2").containsEntry("limits.memory", "4096MiB");
        assertThat(plan.vm().instance().devices().get("root"))
                .isEqualTo(Map.of("type", "disk", "path", "/", "pool", "default", "size", "8192MiB"));
        assertThat(plan.vm().ephemeralDisk().orElseThrow().config()).containsEntry("size", "1024MiB");
        assertThat(plan.vm().instance().devices().get("ephemeral"))
                .containsEntry("path", "/var/vcap/data")
                .containsEntry("source", "vm-1-ephemeral");
    }

    @Test
    void explicitSizesOverrideTheInstanceType() {
        Planned plan = plan(Map.of("instance_type", "c2-m4", "memory", 512));

        assertThat(plan.config()).containsEntry("limits.cpu", "2").containsEntry("limits.memory", "512MiB");
    }

    @Test
    void aFixedAddressIsReservedWithTheServerAndSetByLxc() {
        Planned plan = plan(Map.of());

        assertThat(plan.vm().instance().devices().get("eth0"))
                .containsEntry("network", "boshbr0")
                .containsEntry("ipv4.address", "10.0.0.5")
                .containsEntry("name", "eth0");
        assertThat(rawLxc(plan))
                .contains("lxc.net.0.ipv4.address = 10.0.0.5/24 10.0.0.255", "lxc.net.0.ipv4.gateway = 10.0.0.1");
        assertThat(plan.vm().networks().get("default"))
                .containsEntry("preconfigured", true)
                .containsEntry("mac", mac(plan, "eth0"));
    }

    @Test
    void aVipNetworkIsNoNicAndTheLogSaysSo() {
        networks.add(NetworkSpec.of(
                "public", PropertyTree.of("networks.public", Map.of("type", "vip", "ip", "203.0.113.7"))));

        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream stderr = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        Planned plan;
        try {
            plan = plan(Map.of());
        } finally {
            System.setErr(stderr);
        }

        assertThat(plan.vm().instance().devices()).containsKey("eth0").doesNotContainKey("eth1");
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("The network public is of type vip, which does nothing here: 203.0.113.7 is not mapped");
    }

    @Test
    void twoNetworksGetTwoNicsAndOneDefaultRoute() {
        networks.add(NetworkSpec.of(
                "back",
                PropertyTree.of(
                        "networks.back",
                        Map.of(
                                "type", "manual",
                                "ip", "10.1.0.5",
                                "netmask", "255.255.0.0",
                                "gateway", "10.1.0.1",
                                "cloud_properties", Map.of("name", "backbr")))));

        Planned plan = plan(Map.of());

        assertThat(plan.vm().instance().devices()).containsKeys("eth0", "eth1");
        assertThat(rawLxc(plan))
                .contains("lxc.net.1.ipv4.address = 10.1.0.5/16 10.1.255.255")
                .doesNotContain("lxc.net.1.ipv4.gateway = 10.1.0.1");
        assertThat(mac(plan, "eth0")).isNotEqualTo(mac(plan, "eth1"));
    }

    @Test
    void lxcCountsTheNicsOfProfilesToo() {
        Planned plan = plan(Map.of(), FREE, SYSTEMD, Set.of("a-nic"));

        assertThat(rawLxc(plan)).contains("lxc.net.1.ipv4.address = 10.0.0.5/24 10.0.0.255");
    }

    @Test
    void aDynamicNetworkIsLeftToDhcpInTheGuest() {
        networks.set(0, Harness.dynamic("default", Map.of("name", "boshbr0")));

        assertThat(paths(plan(Map.of()))).contains("/etc/systemd/network/10-eth0.network");
        assertThat(paths(plan(Map.of(), FREE, RUNIT, Set.of()))).contains("/etc/service/lxd-cpi-dhcp/run");
    }

    @Test
    void onlyTheDefaultOfSeveralDynamicNetworksGivesRoutesAndNameServers() {
        networks.set(0, dynamic("nfs", "boshbr0", List.of()));
        networks.add(dynamic("main", "backbr", List.of("dns", "gateway")));

        Planned systemd = plan(Map.of());
        Planned runit = plan(Map.of(), FREE, RUNIT, Set.of());

        assertThat(content(systemd, "/etc/systemd/network/10-eth0.network"))
                .contains(
                        "DHCP=ipv4\n",
                        "[DHCPv4]\nUseRoutes=no\nUseDNS=no\n",
                        "[IPv6AcceptRA]\nUseGateway=no\nUseDNS=no\n");
        assertThat(content(systemd, "/etc/systemd/network/10-eth1.network"))
                .contains("DHCP=ipv4\n")
                .doesNotContain("UseRoutes", "UseDNS", "UseGateway");
        assertThat(content(runit, "/etc/service/lxd-cpi-dhcp/run"))
                .contains("udhcpc -f -o -O subnet -O broadcast -i eth0 &", "udhcpc -f -i eth1 &");
        assertThat(content(runit, "/etc/service/lxd-cpi-dhcp/dhclient.conf"))
                .contains(
                        "interface \"eth0\" {\n  request subnet-mask, broadcast-address, interface-mtu;\n",
                        "interface \"eth1\" {\n  request subnet-mask, broadcast-address, interface-mtu, routers,"
                                + " rfc3442-classless-static-routes, domain-name, domain-name-servers");
    }

    @Test
    void aDynamicNetworkBesideADefaultOneGivesNoRoutes() {
        networks.add(dynamic("nfs", "backbr", List.of()));

        assertThat(content(plan(Map.of()), "/etc/systemd/network/10-eth1.network"))
                .contains("UseRoutes=no", "UseDNS=no");
    }

    @Test
    void theOnlyDynamicNetworkGivesRoutesWhateverItIsTheDefaultFor() {
        networks.set(0, dynamic("main", "boshbr0", List.of()));

        assertThat(content(plan(Map.of()), "/etc/systemd/network/10-eth0.network"))
                .doesNotContain("UseRoutes");
    }

    @Test
    void twoNicsOnOneNetworkOfTheServerAreRefusedBeforeAnythingIsMade() {
        networks.add(dynamic("back", "boshbr0", List.of()));

        assertThatThrownBy(() -> plan(Map.of()))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining(
                        "networks default and back are both on the server's network boshbr0, which takes one"
                                + " NIC of a VM; give them the same nic_group");
    }

    @Test
    void theNetworksOfANicGroupShareANic() {
        networks.set(0, grouped("v4", "10.0.0.5", "255.255.255.0", Map.of("name", "boshbr0")));
        networks.add(grouped("v6", "fd00::5", "ffff:ffff:ffff:ffff::", Map.of("name", "boshbr0", "mtu", 1400)));

        Planned plan = plan(Map.of());

        assertThat(plan.vm().instance().devices()).doesNotContainKey("eth1");
        assertThat(plan.vm().instance().devices().get("eth0")).containsEntry("mtu", "1400");
        assertThat(rawLxc(plan))
                .contains("lxc.net.0.ipv4.address = 10.0.0.5/24 10.0.0.255", "lxc.net.0.ipv6.address = fd00::5/64");
    }

    @Test
    void aNicGroupWhoseNetworksContradictEachOtherIsRefusedByName() {
        assertContradiction(
                Map.of("name", "boshbr0"),
                Map.of("name", "backbr"),
                "The networks v4 and v6 share a NIC (nic_group 1), but contradict each other:"
                        + " networks.v4.cloud_properties.name is boshbr0, networks.v6.cloud_properties.name is backbr");
        assertContradiction(
                Map.of("name", "boshbr0", "mtu", 1400),
                Map.of("name", "boshbr0", "mtu", 1500),
                "networks.v4.cloud_properties.mtu is 1400, networks.v6.cloud_properties.mtu is 1500");
        assertContradiction(
                Map.of("name", "boshbr0"),
                Map.of("parent", "br0"),
                "networks.v4.cloud_properties.name is boshbr0, networks.v6.cloud_properties.parent is br0");
        assertContradiction(
                Map.of("name", "boshbr0"),
                Map.of("name", "boshbr0", "type", "ovn"),
                "networks.v4.cloud_properties.type is bridge, networks.v6.cloud_properties.type is ovn");
    }

    private void assertContradiction(Map<String, ?> one, Map<String, ?> another, String message) {
        networks.clear();
        networks.add(grouped("v4", "10.0.0.5", "255.255.255.0", one));
        networks.add(grouped("v6", "fd00::5", "ffff:ffff:ffff:ffff::", another));

        assertThatThrownBy(() -> plan(Map.of()))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aDelegatedPrefixIsRoutedToTheNicAndIsNoAddressOfTheGuest() {
        networks.set(0, grouped("v4", "10.0.0.5", "255.255.255.0", Map.of("name", "boshbr0")));
        networks.add(0, prefix("p4", "10.0.0.128", "28", Map.of("name", "boshbr0")));

        Planned plan = plan(Map.of());

        assertThat(plan.vm().instance().devices().get("eth0"))
                .containsEntry("ipv4.address", "10.0.0.5")
                .containsEntry("ipv4.routes", "10.0.0.128/28");
        assertThat(rawLxc(plan))
                .contains("lxc.net.0.ipv4.address = 10.0.0.5/24 10.0.0.255")
                .noneMatch(line -> line.contains("10.0.0.128"));
        assertThat(paths(plan)).noneMatch(path -> path.contains("10-eth0.network"));
    }

    @Test
    void aPrefixThatCannotBeRoutedIsRefusedByName() {
        extensions.add(new WithoutRoutes());
        networks.set(0, prefix("p4", "10.0.0.128", "28", Map.of("type", "tap")));

        assertThatThrownBy(() -> plan(Map.of()))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("networks.p4.prefix is 28, but no prefix can be routed to a NIC of this type");
    }

    private static NetworkSpec dynamic(String name, String bridge, List<String> defaults) {
        return NetworkSpec.of(
                name,
                PropertyTree.of(
                        "networks." + name,
                        Map.of("type", "dynamic", "default", defaults, "cloud_properties", Map.of("name", bridge))));
    }

    private static NetworkSpec grouped(String name, String ip, String netmask, Map<String, ?> properties) {
        return NetworkSpec.of(
                name,
                PropertyTree.of(
                        "networks." + name,
                        Map.of("ip", ip, "netmask", netmask, "nic_group", "1", "cloud_properties", properties)));
    }

    private static NetworkSpec prefix(String name, String ip, String prefix, Map<String, ?> properties) {
        return NetworkSpec.of(
                name,
                PropertyTree.of(
                        "networks." + name,
                        Map.of(
                                "ip",
                                ip,
                                "prefix",
                                prefix,
                                "netmask",
                                "255.255.255.0",
                                "nic_group",
                                "1",
                                "cloud_properties",
                                properties)));
    }

    private static String content(Planned plan, String path) {
        for (InitialFile file : plan.guest().files()) {
            if (file.path().equals(path) && file instanceof InitialFile.Plain plain) {
                return new String(plain.content().toArray(), StandardCharsets.UTF_8);
            }
        }
        throw new AssertionError("no file " + path + " among " + paths(plan));
    }

    @Test
    void aRunitStemcellIsStartedAndStoppedThroughRunsvdir() {
        Planned plan = plan(Map.of(), FREE, RUNIT, Set.of());

        assertThat(rawLxc(plan)).contains("lxc.init.cmd = /usr/sbin/runsvdir-start", "lxc.signal.halt = SIGHUP");
        assertThat(paths(plan)).doesNotContain("/usr/local/sbin/mount");
    }

    @Test
    void aRestrictedProjectGetsNothingThatItForbids() {
        Planned plan = plan(Map.of(), RESTRICTED, SYSTEMD, Set.of());

        assertThat(plan.config()).doesNotContainKeys("raw.lxc", "security.nesting");
        assertThat(paths(plan)).contains("/etc/systemd/network/10-eth0.network");
    }

    @Test
    void aWorkloadWithContainersInsideGetsItsFencesLowered() {
        Planned plan = plan(Map.of(
                "privileged",
                true,
                "apparmor_profile",
                "unconfined",
                "mount_auto",
                List.of("sys:rw", "cgroup:rw:force"),
                "kernel_modules",
                List.of("overlay", "loop")));

        assertThat(plan.config())
                .containsEntry("security.privileged", "true")
                .containsEntry("security.nesting", "true")
                .containsEntry("linux.kernel_modules", "overlay,loop");
        assertThat(rawLxc(plan))
                .contains("lxc.apparmor.profile = unconfined", "lxc.mount.auto = sys:rw cgroup:rw:force");
    }

    @ParameterizedTest
    @ValueSource(strings = {"privileged", "nesting", "apparmor_profile", "mount_auto", "kernel_modules", "raw_lxc"})
    void whatARestrictedProjectForbidsIsRefusedByName(String property) {
        Map<String, Object> asked = Map.of(
                "privileged",
                true,
                "nesting",
                true,
                "apparmor_profile",
                "unconfined",
                "mount_auto",
                List.of("sys:rw"),
                "kernel_modules",
                List.of("loop"),
                "raw_lxc",
                "lxc.cap.drop =");

        assertThatThrownBy(() -> plan(
                        Map.of(property, Objects.requireNonNull(asked.get(property))), RESTRICTED, SYSTEMD, Set.of()))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("cloud_properties." + property + " is forbidden in the project narrow")
                .hasMessageContaining("restricted.containers.");
    }

    @ParameterizedTest
    @CsvSource({
        "mount_auto, sys, is not one of cgroup:mixed",
        "mount_auto, sys:rw cgroup:rw, is not one of cgroup:mixed",
        "kernel_modules, 'overlay,loop', is not the name of a module",
        "kernel_modules, -r, is not the name of a module",
        "kernel_modules, '', is not the name of a module"
    })
    void whatWouldOnlyFailAtTheStartIsRefused(String property, String value, String reason) {
        assertThatThrownBy(() -> plan(Map.of(property, List.of(value))))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("cloud_properties." + property + " has \"" + value + "\", which " + reason);
    }

    @Test
    void theNameOfAProfileBringsNoLineOfItsOwn() {
        assertThatThrownBy(() -> plan(Map.of("apparmor_profile", "unconfined\nlxc.cap.drop =")))
                .hasMessageContaining("cloud_properties.apparmor_profile")
                .hasMessageContaining("is not the name of a profile");
    }

    @Test
    void aPropertyWithoutAValueIsNotGiven() {
        Map<String, @Nullable Object> properties = new HashMap<>();
        for (String key : ContainerProperties.OPTIONS.names()) {
            properties.put(key, null);
        }
        properties.put("devices", Collections.singletonMap("loop", null));

        Planned plan = plan(properties);
        assertThat(plan.config()).doesNotContainKeys("security.privileged", "linux.kernel_modules");
        assertThat(rawLxc(plan)).isEqualTo(rawLxc(plan(Map.of())));
        assertThat(plan.vm().instance().devices()).containsOnlyKeys("eth0", "root");
    }

    @Test
    void theOperatorsOwnLinesComeLast() {
        assertThat(rawLxc(plan(Map.of("raw_lxc", "lxc.apparmor.profile = unconfined"))))
                .last()
                .isEqualTo("lxc.apparmor.profile = unconfined");
    }

    @Test
    void theOperatorsPolicyIsAboutCloudPropertiesAndNotAboutTheCpisOwnLines() {
        allow = Map.of("everything", false);

        assertThat(rawLxc(plan(Map.of(), FREE, RUNIT, Set.of())))
                .contains("lxc.init.cmd = /usr/sbin/runsvdir-start", "lxc.net.0.ipv4.address = 10.0.0.5/24 10.0.0.255");
        assertThatThrownBy(() -> plan(Map.of("raw_lxc", "lxc.cap.drop ="))).hasMessageContaining("lxd.allow.raw_lxc");
        networks.set(0, Harness.dynamic("default", Map.of("parent", "eth0")));
        assertThatThrownBy(() -> plan(Map.of())).hasMessageContaining("lxd.allow.devices");
    }

    @Test
    void whatAnotherPluginMakesOfItsOwnPropertyIsTheOperatorsChoice() {
        allow = Map.of("everything", false);
        extensions.add(new GpuByName());

        assertThat(plan(Map.of("gpu", "a")).vm().instance().devices()).containsKey("gpu");
    }

    private static final class GpuByName implements DeviceContributor {
        @Override
        public Options options() {
            return Options.of(Option.string("gpu", "what a plugin of the operator's reads"));
        }

        @Override
        public List<Device> devices(DeviceRequest request) {
            return List.of(new Device("gpu", Map.of("type", "gpu")));
        }
    }

    @Test
    void nothingSecretIsShownByAPlan() {
        assertThat(plan(Map.of()).toString()).doesNotContain("env-secret", "mbus-secret");
    }

    @Test
    void aTypingErrorNamesTheKeyAndTheNearestKnownOne() {
        assertThatThrownBy(() -> plan(Map.of("instance_typ", "c1-m1")))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("cloud_properties.instance_typ")
                .hasMessageContaining("did you mean instance_type?");
        assertThatThrownBy(() -> plan(Map.of("device", Map.of()))).hasMessageContaining("did you mean devices?");
    }

    @Test
    void twoPluginsForOneThingAreAnErrorThatNamesBoth() {
        extensions.add(new Claiming(Option.hash("devices", "what another plugin reads already")));

        assertThatThrownBy(() -> plan(Map.of()))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining(MappedDevices.class.getName())
                .hasMessageContaining(Claiming.class.getName());
    }

    @Test
    void aPluginThatClaimsAPropertyOfTheCpisOwnIsAnErrorThatNamesIt() {
        extensions.add(new Claiming(Option.integer("memory", "what the CPI reads already")));

        assertThatThrownBy(() -> plan(Map.of()))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("The cloud property memory is the CPI's own, and a plugin claims it: ")
                .hasMessageContaining(Claiming.class.getName());
    }

    @Test
    void aDeviceCannotTakeTheNameOfOneThatTheCpiMakes() {
        assertThatThrownBy(() -> plan(Map.of("devices", Map.of("root", Map.of("type", "tpm")))))
                .hasMessageContaining("cloud_properties.devices.root");
    }

    private static final class WithoutRoutes implements NetworkContributor {
        @Override
        public Set<String> types() {
            return Set.of("tap");
        }

        @Override
        public Options options() {
            return Options.none();
        }

        @Override
        public Device nic(NicRequest nic) {
            return new Device(nic.interfaceName(), Map.of("type", "nic", "nictype", "tap"));
        }
    }

    /** A plugin that claims an option and makes no device. */
    private static final class Claiming implements DeviceContributor {
        private final Options options;

        Claiming(Option option) {
            this.options = Options.of(option);
        }

        @Override
        public Options options() {
            return options;
        }

        @Override
        public List<Device> devices(DeviceRequest request) {
            return List.of();
        }
    }

    /** Both plans of one VM. */
    private record Planned(VmPlan vm, GuestPlan guest) {
        /** The configuration that the server is sent. */
        Map<String, String> config() {
            return vm.instance().config(vm.rawLxc(guest.lxcLines()));
        }
    }

    private Planned plan(Map<String, ?> properties) {
        return plan(properties, FREE, SYSTEMD, Set.of());
    }

    private Planned plan(
            Map<String, ?> properties, ProjectRules rules, StemcellTraits traits, Set<String> profileNics) {
        LxdConfig config = PropertyTree.of("lxd", Map.of("allow", allow)).bind(LxdConfig.class);
        VmPlanner planner = new VmPlanner(
                VM,
                Harness.vm(new StemcellCid("sc-" + FINGERPRINT), properties, networks),
                config,
                new Contributors(Harness.context(extensions)));
        VmPlan plan = planner.plan(new PlanInputs(
                new StemcellOnServer(FINGERPRINT, InstanceKind.CONTAINER, BootMode.UEFI, Optional.of(traits)),
                new MemberChoice(false, Optional.empty()),
                rules,
                Policy.of(config, false),
                Optional.of(new BtrfsStorageDriver()),
                profileNics,
                Optional.empty(),
                new Origin(Optional.empty(), "2026-01-01T00:00:00Z")));
        return new Planned(plan, GuestPlan.of(plan.guest().orElseThrow(), traits));
    }

    @ParameterizedTest
    @CsvSource({"secure_boot, true", "boot_mode, bios"})
    void aPropertyOfVirtualMachinesIsRefusedForAContainer(String property, String value) {
        Object given = property.equals("secure_boot") ? Boolean.parseBoolean(value) : value;

        assertThatThrownBy(() -> plan(Map.of(property, given)))
                .isInstanceOf(CpiException.class)
                .hasMessage("cloud_properties." + property + " is for a virtual machine; the stemcell sc-" + FINGERPRINT
                        + " makes a container");
    }

    private static List<String> rawLxc(Planned plan) {
        return List.of(plan.config().getOrDefault("raw.lxc", "").split("\n", -1));
    }

    private static String mac(Planned plan, String nic) {
        return plan.vm().instance().devices().getOrDefault(nic, Map.of()).getOrDefault("hwaddr", "");
    }

    private static List<String> paths(Planned plan) {
        List<String> paths = new ArrayList<>();
        plan.guest().files().forEach(file -> paths.add(file.path()));
        return paths;
    }
}
