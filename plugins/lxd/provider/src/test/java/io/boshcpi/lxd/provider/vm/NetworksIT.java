package io.boshcpi.lxd.provider.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.fake.RealServer;
import io.boshcpi.lxd.provider.testing.Lab;
import io.boshcpi.lxd.provider.testing.OnRealServers;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.VmCid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Addresses as the guest has them, on bridges of the server (whose dnsmasq sends router advertisements) and of the host
 * (where nobody does).
 */
@OnRealServers
final class NetworksIT {
    private static final int BITS = 16;
    private static final String V6_MASK = "ffff:ffff:ffff:ffff::";

    private final RealServer server;
    private final Lab lab;
    private final String subnet =
            Integer.toHexString(ThreadLocalRandom.current().nextInt(1, 1 << BITS));
    private final String bridge = "itbr" + subnet;
    /** The first three numbers of the bridge's addresses; not those of a server that is tested at the same time. */
    private final String v4;

    private boolean isManaged;

    NetworksIT(RealServer server) {
        this.server = server;
        this.lab = new Lab(server);
        int second = 252 + server.number();
        this.v4 = "10." + second + "." + ThreadLocalRandom.current().nextInt(1, 250);
    }

    @AfterEach
    void close() {
        try (lab) {
            lab.deleteVms();
            if (isManaged) {
                lab.lxd().networks().delete(bridge);
            } else {
                host("ip", "link", "delete", bridge);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-runit", "systemd"})
    void aFixedAddressHasTheSubnetsBroadcastAddress(String stemcell) {
        VmCid vm = lab.vm(stemcell, Map.of());

        String subnetOfServer =
                server.get("GATEWAY").substring(0, server.get("GATEWAY").lastIndexOf('.'));
        assertThat(lab.sh(vm, "ip -4 addr show dev eth0")).contains("brd " + subnetOfServer + ".255 ");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aVmHasBothVersionsOfIpOnABridgeOfTheServer(boolean isFiltered) {
        managedBridge();

        VmCid vm = lab.vm("tiny-runit", List.of(v4("name", isFiltered), v6("name", isFiltered)));

        assertReachable(vm, v4 + ".20", v4 + ".1");
        assertReachable(vm, "fd42:" + subnet + ":0:0:0:0:0:20", "fd42:" + subnet + "::1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aVmHasBothVersionsOfIpOnABridgeOfTheHost(boolean isFiltered) {
        bridgeOfTheHost();

        VmCid vm = lab.vm("tiny-runit", List.of(v4("parent", isFiltered), v6("parent", isFiltered)));

        assertReachable(vm, v4 + ".20", v4 + ".1");
        assertReachable(vm, "fd42:" + subnet + ":0:0:0:0:0:20", "fd42:" + subnet + "::1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-runit", "systemd"})
    void aVmHasIpv6AloneWithRouterAdvertisements(String stemcell) {
        managedBridge();

        VmCid vm = lab.vm(stemcell, List.of(v6("name", true)));

        assertReachable(vm, "fd42:" + subnet + ":0:0:0:0:0:20", "fd42:" + subnet + "::1");
        assertThat(lab.sh(vm, "ip -6 route show default")).contains("fd42:" + subnet + "::1");
    }

    @Test
    void aVmHasIpv6AloneWithoutRouterAdvertisements() {
        bridgeOfTheHost();

        VmCid vm = lab.vm("tiny-runit", List.of(v6("parent", false)));

        assertReachable(vm, "fd42:" + subnet + ":0:0:0:0:0:20", "fd42:" + subnet + "::1");
        assertThat(lab.sh(vm, "ip -6 route show default")).contains("fd42:" + subnet + "::1");
    }

    @Test
    void aDelegatedPrefixIsRoutedToTheVm() {
        managedBridge();
        NetworkSpec prefix = network(
                "p6",
                Map.of("ip", "fd42:" + subnet + ":0:0:1::", "prefix", "80", "netmask", V6_MASK, "nic_group", "1"),
                properties("name", false));

        VmCid vm = lab.vm("tiny-runit", List.of(prefix, v4("name", false), v6("name", false)));

        assertReachable(vm, v4 + ".20", v4 + ".1");
        assertThat(lab.sh(vm, "ip -6 addr show dev eth0")).doesNotContain("fd42:" + subnet + ":0:0:1:");
        lab.sh(vm, "ip -6 addr add fd42:" + subnet + ":0:0:1::7/128 dev eth0");
        assertReachable(vm, "fd42:" + subnet + ":0:0:1:0:0:7", "fd42:" + subnet + "::1");
        assertThat(host("ip", "-6", "route", "show", "fd42:" + subnet + ":0:0:1::/80"))
                .contains(bridge);
    }

    @Test
    void onlyTheDefaultOfTwoDynamicNetworksGivesARoute() {
        NetworkSpec nfs = network("nfs", Map.of("type", "dynamic"), Map.of("name", server.get("NETWORK")));
        NetworkSpec main = network(
                "main",
                Map.of("type", "dynamic", "default", List.of("dns", "gateway")),
                Map.of("name", server.get("NETWORK2")));

        VmCid vm = lab.vm("systemd", List.of(nfs, main));

        Lab.await(
                "addresses by DHCP",
                () -> lab.sh(vm, "ip -4 -o addr show scope global").lines().count() == 2);
        Lab.await(
                "a default route", () -> !lab.sh(vm, "ip -4 route show default").isEmpty());
        assertThat(lab.sh(vm, "ip -4 route show default").lines())
                .singleElement()
                .asString()
                .contains(server.get("GATEWAY2"));
    }

    @Test
    void twoNicsOnOneBridgeAreRefusedBeforeAnythingIsMade() {
        NetworkSpec one = network("one", Map.of("type", "dynamic"), Map.of());
        NetworkSpec two = network("two", Map.of("type", "dynamic"), Map.of("name", server.get("NETWORK")));

        assertThatThrownBy(() -> lab.vm("tiny-runit", List.of(one, two)))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("give them the same nic_group");
    }

    @Test
    void aContainerThatDoesNotStartSaysWhy() {
        assertThatThrownBy(() ->
                        lab.vm("tiny-runit", Map.of("raw_lxc", "lxc.mount.entry = /nonexistent/dir mnt none bind 0 0")))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("lxc.log")
                .hasMessageContaining("Failed to mount \"/nonexistent/dir\"");
    }

    @Test
    void aTargetWithoutAClusterIsRefusedByName() {
        assertThatThrownBy(() -> lab.vm("tiny-runit", Map.of("target", "n1")))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("cloud_properties.target is n1");
    }

    @Test
    void aRootDiskThatIsTooSmallIsNamed() {
        assertThatThrownBy(() -> lab.vm("systemd", Map.of("root_disk", 24)))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("cloud_properties.root_disk is 24MiB");
    }

    private void managedBridge() {
        isManaged = true;
        lab.lxd()
                .networks()
                .create(
                        bridge,
                        "bridge",
                        Map.of("ipv4.address", v4 + ".1/24", "ipv6.address", "fd42:" + subnet + "::1/64"));
    }

    private void bridgeOfTheHost() {
        host("ip", "link", "add", bridge, "type", "bridge");
        host("ip", "addr", "add", v4 + ".1/24", "dev", bridge);
        host("ip", "addr", "add", "fd42:" + subnet + "::1/64", "dev", bridge, "nodad");
        host("ip", "link", "set", bridge, "up");
    }

    private NetworkSpec v4(String key, boolean isFiltered) {
        return network(
                "v4",
                Map.of(
                        "ip",
                        v4 + ".20",
                        "prefix",
                        "32",
                        "netmask",
                        "255.255.255.0",
                        "gateway",
                        v4 + ".1",
                        "nic_group",
                        "1",
                        "default",
                        List.of("dns", "gateway")),
                properties(key, isFiltered));
    }

    private NetworkSpec v6(String key, boolean isFiltered) {
        return network(
                "v6",
                Map.of(
                        "ip",
                        "fd42:" + subnet + ":0:0:0:0:0:20",
                        "prefix",
                        "128",
                        "netmask",
                        V6_MASK,
                        "gateway",
                        "fd42:" + subnet + "::1",
                        "nic_group",
                        "1",
                        "default",
                        List.of("gateway")),
                properties(key, isFiltered));
    }

    private Map<String, Object> properties(String key, boolean isFiltered) {
        return isFiltered
                ? Map.of(
                        key,
                        bridge,
                        "security.ipv4_filtering",
                        true,
                        "security.ipv6_filtering",
                        true,
                        "security.mac_filtering",
                        true)
                : Map.of(key, bridge);
    }

    private static NetworkSpec network(String name, Map<String, ?> settings, Map<String, ?> properties) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("cloud_properties", properties);
        return NetworkSpec.of(name, PropertyTree.of("networks." + name, all));
    }

    /** The VM answers, and reaches its gateway from that address. */
    private void assertReachable(VmCid vm, String address, String gateway) {
        String ping = address.indexOf(':') < 0 ? "ping" : "ping -6";
        List<String> command = new ArrayList<>(List.of("busybox"));
        command.addAll(List.of(ping.split(" ", -1)));
        command.addAll(List.of("-c", "1", "-W", "1", address));
        Lab.await(
                address + " to answer",
                () -> host(command.toArray(String[]::new)).contains("1 packets received"));
        lab.sh(vm, ping + " -c 3 -w 20 -I " + address + " " + gateway);
    }

    /** Runs a command of the machine where the server's network is, and tells what it wrote. */
    private String host(String... command) {
        List<String> whole = new ArrayList<>();
        String namespace = server.settings().get("NETNS");
        if (namespace != null) {
            whole.addAll(List.of("nsenter", "--net=" + namespace));
        }
        whole.addAll(List.of(command));
        try {
            Process process =
                    new ProcessBuilder(whole).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
