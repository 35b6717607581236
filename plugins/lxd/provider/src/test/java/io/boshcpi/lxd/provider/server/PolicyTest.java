package io.boshcpi.lxd.provider.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.provider.testing.Harness;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.PropertyTree;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyTest {
    private static final Map<String, ?> NOTHING = Map.of();

    /** Cloud properties of a VM, what an error names, and the least allowance that lets them through. */
    static List<Arguments> reachingTheHost() {
        return List.of(
                property("raw_lxc", "lxc.hook.pre-start = /bin/id", "raw_lxc", Map.of("raw_lxc", true)),
                property("privileged", true, "privileged", Map.of("privileged", true)),
                property("apparmor_profile", "unconfined", "apparmor_profile", Map.of("apparmor_profile", true)),
                property(
                        "kernel_modules",
                        List.of("overlay", "nbd"),
                        "kernel_modules",
                        Map.of("kernel_modules", List.of("overlay", "nb*"))),
                property("profiles", List.of("bosh", "root"), "profiles", Map.of("profiles", List.of("root"))),
                config("raw.idmap", "both 0 0"),
                config("raw.apparmor", "mount,"),
                config("raw.seccomp", "2"),
                config("security.idmap.base", "0"),
                config("security.syscalls.allow", "mount"),
                config("security.syscalls.intercept.mount", "true"),
                config("linux.kernel_modules.load", "ondemand"),
                config("linux.sysctl.net.ipv4.ip_forward", "1"),
                config("nvidia.runtime", "true"),
                config("environment.PATH", "/bin"),
                config("snapshots.pattern", "{{ x }}"),
                config("a.key.of.tomorrow", "1"),
                device(Map.of("type", "disk", "source", "/", "path", "/mnt"), "disk:/"),
                device(Map.of("type", "disk", "source", "/srv/a", "path", "/mnt"), "disk:/srv/*"),
                device(Map.of("type", "disk", "source", "/srv/a", "pool", "default", "path", "/mnt"), "disk:/srv/a"),
                device(Map.of("type", "disk", "source", "cephfs:a/b", "path", "/mnt"), "disk:cephfs:a/*"),
                device(
                        Map.of("type", "disk", "source", "v", "pool", "p", "path", "/m", "raw.mount.options", "x"),
                        "disk:v"),
                device(Map.of("type", "unix-char", "path", "/dev/fuse"), "unix-char:/dev/fuse"),
                device(Map.of("type", "unix-char", "source", "/dev/kvm", "path", "/dev/fuse"), "unix-char:/dev/kvm"),
                device(Map.of("type", "unix-block", "path", "/dev/loop0", "major", 8, "minor", 0), "unix-block:8:*"),
                device(Map.of("type", "unix-hotplug", "vendorid", "1"), "unix-hotplug"),
                device(Map.of("type", "proxy", "listen", "tcp::80", "connect", "unix:/x"), "proxy:tcp::80"),
                device(
                        Map.of("type", "proxy", "bind", "instance", "listen", "tcp::80", "connect", "unix:/x"),
                        "proxy:unix:/x"),
                device(Map.of("type", "gpu"), "gpu"),
                device(Map.of("type", "usb"), "usb"),
                device(Map.of("type", "pci", "address", "0000:01:00.0"), "pci"),
                device(Map.of("type", "infiniband", "parent", "ib0"), "infiniband"),
                device(Map.of("type", "tpm"), "tpm"),
                device(Map.of("type", "of-tomorrow"), "of-tomorrow"));
    }

    private static Arguments property(String name, Object value, String named, Map<String, ?> allowance) {
        return Arguments.of(Map.of(name, value), named, allowance);
    }

    private static Arguments config(String key, String value) {
        return Arguments.of(
                Map.of("config", Map.of("limits.processes", "100", key, value)),
                "config." + key,
                Map.of("config", List.of(key)));
    }

    private static Arguments device(Map<String, ?> device, String pattern) {
        return Arguments.of(Map.of("devices", Map.of("x", device)), "devices.x", Map.of("devices", List.of(pattern)));
    }

    @ParameterizedTest
    @MethodSource("reachingTheHost")
    void itIsAllowedWhereTheProjectIsNotRestricted(Map<String, ?> properties, String named, Map<String, ?> allowance) {
        assertAllowed(NOTHING, false, properties);
        assertAllowed(allowance, false, properties);
    }

    @ParameterizedTest
    @MethodSource("reachingTheHost")
    void itIsRefusedInARestrictedProject(Map<String, ?> properties, String named, Map<String, ?> allowance) {
        assertRefused(NOTHING, true, properties)
                .hasMessageStartingWith("cloud_properties." + named + " ")
                .hasMessageContaining("strict, because the project is restricted")
                .hasMessageContaining(
                        "lxd.allow." + allowance.keySet().iterator().next());
    }

    @ParameterizedTest
    @MethodSource("reachingTheHost")
    void theOperatorCanAllowItThereAndNothingElse(Map<String, ?> properties, String named, Map<String, ?> allowance) {
        assertAllowed(allowance, true, properties);
        for (Arguments other : reachingTheHost()) {
            String key = String.valueOf(other.get()[1]);
            if (!key.equals(named)) {
                assertRefused(allowance, true, asProperties(other.get()[0])).hasMessageContaining(key);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("reachingTheHost")
    void theOperatorCanBeStrictAndOpenAnywhere(Map<String, ?> properties, String named, Map<String, ?> allowance) {
        assertRefused(Map.of("everything", false), false, properties)
                .hasMessageContaining("strict, because lxd.allow.everything is false");
        assertAllowed(Map.of("everything", true), true, properties);
    }

    @ParameterizedTest
    @MethodSource("reachingTheHost")
    void theOperatorCanForbidOneThingAnywhere(Map<String, ?> properties, String named, Map<String, ?> allowance) {
        String key = allowance.keySet().iterator().next();
        boolean isSwitch = allowance.get(key) instanceof Boolean;
        Map<String, ?> forbidden = Map.of(key, isSwitch ? false : List.of());

        assertRefused(forbidden, false, properties)
                .hasMessageStartingWith("cloud_properties." + named + " ")
                .hasMessageContaining("lxd.allow." + key + ": ");
        for (Arguments other : reachingTheHost()) {
            if (!asProperties(other.get()[2]).containsKey(key)) {
                assertAllowed(forbidden, false, asProperties(other.get()[0]));
            }
        }
    }

    @Test
    void whatStaysInTheVmIsAllowedInARestrictedProject() {
        assertAllowed(
                NOTHING,
                true,
                Map.of(
                        "instance_type",
                        "c1-m1",
                        "root_disk",
                        4096,
                        "nesting",
                        true,
                        "privileged",
                        false,
                        "mount_auto",
                        List.of("proc:rw"),
                        "profiles",
                        List.of("bosh"),
                        "config",
                        Map.of(
                                "limits.cpu.priority",
                                "5",
                                "boot.autostart",
                                "true",
                                "user.user-data",
                                "#!/bin/sh\nid\n"),
                        "devices",
                        Map.of(
                                "hidden", Map.of("type", "none"),
                                "more", Map.of("type", "disk", "pool", "p", "source", "v", "path", "/mnt"))));
    }

    @Test
    void theErrorShowsTheAllowanceToWrite() {
        assertRefused(NOTHING, true, Map.of("raw_lxc", "lxc.cap.drop ="))
                .hasMessage("cloud_properties.raw_lxc is not allowed to cloud configs (strict, because the project is"
                        + " restricted); the operator of the CPI can allow it with lxd.allow.raw_lxc: true");
        assertRefused(NOTHING, true, Map.of("devices", Map.of("h", Map.of("type", "disk", "source", "/"))))
                .hasMessage(
                        "cloud_properties.devices.h with disk:/ is not allowed to cloud configs (strict, because the"
                                + " project is restricted); the operator of the CPI can allow it with lxd.allow.devices:"
                                + " [\"disk:/\"]");
    }

    @Test
    void noLineBreakPassesIntoWhatTheServerWritesForLxc() {
        for (Map<String, ?> smuggled : List.<Map<String, ?>>of(
                Map.of("config", Map.of("limits.kernel.nofile", "1\nlxc.hook.pre-start = /bin/id")),
                Map.of("config", Map.of("limits.kernel.a\nlxc.hook.pre-start = /bin/id", "1")),
                Map.of("config", Map.of("user.a\nb", "1")),
                Map.of("devices", Map.of("v", Map.of("type", "disk", "pool", "p", "path", "/m\nlxc.x = 1"))),
                Map.of("devices", Map.of("v", Map.of("type", "none", "a\rb", "1"))))) {
            assertRefused(NOTHING, true, smuggled).hasMessageContaining("line break");
            assertRefused(Map.of("config", List.of("*"), "devices", List.of("*")), false, smuggled)
                    .hasMessageContaining("line break");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/srv/../etc", "/srv/..", "/etc", "/srv"})
    void noSourceLeadsOutOfAnAllowedFolder(String source) {
        Map<String, ?> disk = Map.of("devices", Map.of("h", Map.of("type", "disk", "source", source, "path", "/m")));

        assertRefused(Map.of("devices", List.of("disk:/srv/*")), true, disk);
    }

    @Test
    void theNumberOfADeviceFileCountsNotItsPath() {
        Map<String, ?> disguised =
                Map.of("type", "unix-block", "path", "/dev/loop0", "source", "/dev/loop0", "major", 8, "minor", 0);

        assertRefused(
                Map.of("devices", List.of("unix-block:/dev/loop*", "unix-block:7:*")),
                true,
                Map.of("devices", Map.of("x", disguised)));
    }

    @Test
    void anInterfaceOfTheHostIsADeviceOfTheHost() {
        PropertyTree host = Harness.properties(Map.of("type", "physical", "parent", "eth0"));
        PropertyTree managed = Harness.properties(Map.of("name", "boshbr0"));

        policy(NOTHING, true).checkNic(managed);
        policy(NOTHING, false).checkNic(host);
        policy(Map.of("devices", List.of("nic:eth*")), true).checkNic(host);
        policy(Map.of("devices", List.of("nic")), true).checkNic(host);
        assertThatThrownBy(() ->
                        policy(Map.of("devices", List.of("nic:eth1")), true).checkNic(host))
                .hasMessageContaining("cloud_properties.parent is not allowed to cloud configs")
                .hasMessageContaining("lxd.allow.devices: [\"nic:eth0\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"raw.dnsmasq", "bridge.external_interfaces", "bridge.driver", "tunnel.a.local", "ipv4.routes"})
    void aNetworkGetsNothingOfTheHost(String key) {
        PropertyTree network =
                Harness.properties(Map.of("config", Map.of("ipv4.dhcp.ranges", "10.0.0.5-10.0.0.9", key, "x")));

        policy(NOTHING, false).checkNetwork(network);
        policy(Map.of("network_config", List.of(key)), true).checkNetwork(network);
        assertThatThrownBy(() -> policy(NOTHING, true).checkNetwork(network))
                .hasMessageContaining("cloud_properties.config." + key + " is not allowed to cloud configs")
                .hasMessageContaining("lxd.allow.network_config: [\"" + key + "\"]");
        assertThatThrownBy(() -> policy(Map.of("config", List.of(key)), true).checkNetwork(network))
                .isInstanceOf(CpiException.class);
    }

    @Test
    void whatIsInForceIsToldWithItsReason() {
        assertThat(policy(NOTHING, false).describe())
                .isEqualTo("open, because the project is not restricted: cloud configs may use all cloud properties");
        assertThat(policy(NOTHING, true).describe())
                .startsWith("strict, because the project is restricted: raw_lxc no; privileged no; apparmor_profile no;"
                        + " kernel_modules none; config boot.* limits.* user.*; devices volumes; profiles bosh;");
        assertThat(policy(Map.of("everything", true, "raw_lxc", false, "kernel_modules", List.of("overlay")), true)
                        .describe())
                .startsWith("open, because lxd.allow.everything is true: raw_lxc no; privileged yes;")
                .contains("kernel_modules overlay; config all;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.b", "a*b", "", "**"})
    void aStarElsewhereThanAtTheEndIsRefused(String pattern) {
        assertThatThrownBy(() -> policy(Map.of("config", List.of(pattern)), true))
                .hasMessageContaining("lxd.allow.config has \"" + pattern + "\"");
    }

    @Test
    void aTypingErrorNamesTheNearestKey() {
        assertThatThrownBy(() -> policy(Map.of("raw_lcx", true), true))
                .hasMessageContaining("lxd.allow.raw_lcx")
                .hasMessageContaining("did you mean raw_lxc?");
    }

    private static void assertAllowed(Map<String, ?> allow, boolean restricted, Map<String, ?> properties) {
        assertThatCode(() -> policy(allow, restricted).checkVm(Harness.properties(properties)))
                .doesNotThrowAnyException();
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
            Map<String, ?> allow, boolean restricted, Map<String, ?> properties) {
        return assertThatThrownBy(() -> policy(allow, restricted).checkVm(Harness.properties(properties)))
                .as(properties.toString())
                .isInstanceOf(CpiException.class);
    }

    private static Policy policy(Map<String, ?> allow, boolean restricted) {
        LxdConfig config = PropertyTree.of("lxd", Map.of("profiles", List.of("bosh"), "allow", allow))
                .bind(LxdConfig.class);
        return Policy.of(config, restricted);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> asProperties(Object argument) {
        return (Map<String, ?>) argument;
    }
}
