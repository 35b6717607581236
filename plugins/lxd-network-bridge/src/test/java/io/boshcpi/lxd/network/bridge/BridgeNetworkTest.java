package io.boshcpi.lxd.network.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.spi.InstanceKind;
import io.boshcpi.lxd.spi.NetworkContributor;
import io.boshcpi.lxd.spi.NicRequest;
import io.boshcpi.lxd.testkit.NetworkContributorContract;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.PropertyTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BridgeNetworkTest extends NetworkContributorContract {
    private static final Map<String, Object> V4 =
            Map.of("ip", "10.0.0.5", "netmask", "255.255.255.0", "gateway", "10.0.0.1");
    private static final Map<String, Object> V6 = Map.of("ip", "fd00::5", "netmask", "ffff:ffff:ffff:ffff::");
    private static final Map<String, Object> DYNAMIC = Map.of("type", "dynamic");

    @Override
    protected NetworkContributor contributor() {
        return new BridgeNetwork();
    }

    @Override
    protected Map<String, Object> cloudProperties() {
        return Map.of("type", "bridge", "name", "lxdbr0", "reserve_address", true);
    }

    @Test
    void aFilterKnowsTheAddressesOfTheVm() {
        Map<String, Object> filters =
                Map.of("name", "lxdbr0", "security.ipv4_filtering", true, "security.ipv6_filtering", true);

        assertThat(nic(filters, V4, V6))
                .containsEntry("ipv4.address", "10.0.0.5")
                .containsEntry("ipv6.address", "fd00::5");
    }

    @Test
    void aFilterKnowsTheAddressesOnABridgeOfTheHostToo() {
        Map<String, Object> filters =
                Map.of("parent", "br0", "security.ipv4_filtering", "true", "security.ipv6_filtering", "true");

        assertThat(nic(filters, V4)).containsEntry("ipv4.address", "10.0.0.5").containsEntry("ipv6.address", "none");
        assertThatThrownBy(() -> nic(filters, DYNAMIC))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining(
                        "networks.n0.cloud_properties.security.ipv4_filtering needs to know the VM's address");
    }

    @Test
    void withoutAFilterOnlyIpv4IsReserved() {
        assertThat(nic(Map.of("name", "lxdbr0"), V4, V6))
                .containsEntry("ipv4.address", "10.0.0.5")
                .doesNotContainKey("ipv6.address");
        assertThat(nic(Map.of("name", "lxdbr0", "reserve_address", false), V4)).doesNotContainKey("ipv4.address");
        assertThat(nic(Map.of("parent", "br0"), V4)).doesNotContainKeys("ipv4.address", "ipv6.address");
    }

    @Test
    void aFilterThatWouldStopASecondAddressIsRefused() {
        Map<String, Object> another = Map.of("ip", "10.0.0.6", "netmask", "255.255.255.0");

        assertThatThrownBy(() -> nic(Map.of("name", "lxdbr0", "security.ipv4_filtering", true), V4, another))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("lets one address of the VM pass, but its NIC has 10.0.0.5 and 10.0.0.6");
    }

    @Test
    void aDelegatedPrefixIsRoutedToTheNicAndNeverReserved() {
        Map<String, Object> prefix4 = Map.of("ip", "10.0.0.128", "prefix", "28", "netmask", "255.255.255.0");
        Map<String, Object> prefix6 =
                Map.of("ip", "fd00:0:0:0:1::", "prefix", "80", "netmask", "ffff:ffff:ffff:ffff::");

        assertThat(nic(Map.of("name", "lxdbr0"), prefix4, V4, prefix6))
                .containsEntry("ipv4.address", "10.0.0.5")
                .containsEntry("ipv4.routes", "10.0.0.128/28")
                .containsEntry("ipv6.routes", "fd00:0:0:0:1::/80")
                .doesNotContainKey("ipv6.address");
    }

    @SafeVarargs
    private static Map<String, String> nic(Map<String, Object> properties, Map<String, Object>... networks) {
        List<NetworkSpec> specs = new ArrayList<>();
        for (Map<String, Object> network : networks) {
            Map<String, Object> settings = new HashMap<>(network);
            settings.put("cloud_properties", properties);
            String name = "n" + specs.size();
            specs.add(NetworkSpec.of(name, PropertyTree.of("networks." + name, settings)));
        }
        return new BridgeNetwork()
                .nic(new NicRequest(InstanceKind.CONTAINER, "eth0", List.copyOf(specs), Optional.empty()))
                .config();
    }
}
