package io.boshcpi.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkSpecTest {
    private static final Map<String, Object> MANUAL = Map.of(
            "type",
            "manual",
            "ip",
            "10.20.0.11",
            "netmask",
            "255.255.255.0",
            "gateway",
            "10.20.0.1",
            "prefix",
            "32",
            "dns",
            List.of("10.20.0.2"),
            "default",
            List.of("dns", "gateway"),
            "cloud_properties",
            Map.of("name", "br0"));

    private static NetworkSpec network(Map<String, Object> settings) {
        return NetworkSpec.of("default", PropertyTree.of("networks.default", settings));
    }

    private static Map<String, Object> manualBut(String key, String value) {
        Map<String, Object> settings = new HashMap<>(MANUAL);
        settings.put(key, value);
        return settings;
    }

    @Test
    void aManualNetworkHasItsAddress() {
        NetworkSpec network = network(MANUAL);
        assertThat(network.kind()).isEqualTo(NetworkSpec.Kind.MANUAL);
        assertThat(network.address()).hasValueSatisfying(address -> {
            assertThat(address.ip()).isEqualTo("10.20.0.11");
            assertThat(address.prefixLength()).isEqualTo(24); // not the request's prefix, which is the VM's block
            assertThat(address.gateway()).hasValue("10.20.0.1");
            assertThat(address.isIpv6()).isFalse();
        });
        assertThat(network.dns()).containsExactly("10.20.0.2");
        assertThat(network.isDefaultFor("gateway")).isTrue();
        assertThat(network.isDefaultFor("addressable")).isFalse();
        assertThat(network.properties().string("name")).hasValue("br0");
        assertThat(network.nicGroup()).isEmpty();
        assertThat(network.asMap()).isEqualTo(MANUAL);
    }

    @Test
    void anIpv6MaskIsInColons() {
        NetworkSpec network = network(Map.of("ip", "fd00::11", "netmask", "ffff:ffff:ffff:ffff:0:0:0:0"));
        assertThat(network.address().orElseThrow().prefixLength()).isEqualTo(64);
        assertThat(network.address().orElseThrow().isIpv6()).isTrue();
    }

    @Test
    void theCliMayLeaveTheIpOfAManualNetworkOpen() {
        assertThat(network(Map.of("type", "manual", "netmask", "255.255.255.0")).address())
                .isEmpty();
    }

    @Test
    void theAddressOfADynamicNetworkIsThatOfAnEarlierVm() {
        NetworkSpec network = network(Map.of("type", "dynamic", "ip", "10.20.0.11", "netmask", "255.255.255.0"));
        assertThat(network.kind()).isEqualTo(NetworkSpec.Kind.DYNAMIC);
        assertThat(network.address()).isEmpty();
    }

    @Test
    void aDelegatedPrefixIsNoAddress() {
        NetworkSpec v4 = network(Map.of("ip", "10.20.0.128", "prefix", "28", "netmask", "255.255.255.0"));
        NetworkSpec v6 = network(Map.of("ip", "fd00:0:0:0:1::", "prefix", "80", "netmask", "ffff:ffff:ffff:ffff::"));

        assertThat(v4.address()).isEmpty();
        assertThat(v4.delegatedPrefix()).hasValue("10.20.0.128/28");
        assertThat(v6.address()).isEmpty();
        assertThat(v6.delegatedPrefix()).hasValue("fd00:0:0:0:1::/80");
    }

    @Test
    void aPrefixOfOneAddressIsAnAddress() {
        assertThat(network(manualBut("prefix", "32")).delegatedPrefix()).isEmpty();
        assertThat(network(manualBut("prefix", "32")).address()).isPresent();
        assertThat(network(Map.of("ip", "fd00::11", "prefix", "128", "netmask", "ffff::"))
                        .address())
                .isPresent();
        assertThat(network(Map.of("type", "dynamic", "ip", "10.20.0.128", "prefix", "28"))
                        .delegatedPrefix())
                .isEmpty();
    }

    @Test
    void aSubnetOfMoreThanTwoAddressesHasABroadcastAddress() {
        assertThat(broadcast("10.20.0.11", "255.255.255.0")).hasValue("10.20.0.255");
        assertThat(broadcast("10.20.5.11", "255.255.252.0")).hasValue("10.20.7.255");
        assertThat(broadcast("10.20.0.11", "255.255.255.254")).isEmpty();
        assertThat(broadcast("10.20.0.11", "255.255.255.255")).isEmpty();
        assertThat(broadcast("fd00::11", "ffff::")).isEmpty();
    }

    private static Optional<String> broadcast(String ip, String mask) {
        return network(Map.of("ip", ip, "netmask", mask))
                .address()
                .orElseThrow()
                .broadcast();
    }

    @Test
    void aVipNeedsNoMask() {
        NetworkSpec network = network(Map.of("type", "vip", "ip", "203.0.113.7"));
        assertThat(network.kind()).isEqualTo(NetworkSpec.Kind.VIP);
        assertThat(network.address().orElseThrow().prefixLength()).isEqualTo(32);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type    | static          | networks.default.type is not one of manual, dynamic, vip",
                "ip      | 10.20.0.256     | networks.default.ip is not an IP address",
                "ip      | 10.20.0         | networks.default.ip is not an IP address",
                "ip      | example.org     | networks.default.ip is not an IP address",
                "ip      | fd00::g         | networks.default.ip is not an IP address",
                "ip      | 10.20.0.+1      | networks.default.ip is not an IP address",
                "netmask | 255.0.255.0     | networks.default.netmask is not a netmask such as 255.255.255.0",
                "netmask | 24              | networks.default.netmask is not a netmask such as 255.255.255.0",
                "gateway | here            | networks.default.gateway is not an IP address",
                "gateway | fd00::1         | networks.default.gateway is not of the same IP version as ip",
                "netmask | ffff::          | networks.default.netmask is not of the same IP version as ip",
                "prefix  | many            | networks.default.prefix is not a length from 1 to 32",
                "prefix  | 64              | networks.default.prefix is not a length from 1 to 32",
                "prefix  | 28              | networks.default.prefix is 28, but ip is not the first address of such a prefix",
            })
    void whatIsMalformedIsNamed(String key, String value, String message) {
        assertThatThrownBy(() -> network(manualBut(key, value)))
                .isInstanceOf(CpiException.class)
                .hasMessage(message);
    }

    @Test
    void aFixedAddressNeedsAMask() {
        assertThatThrownBy(() -> network(Map.of("type", "manual", "ip", "10.20.0.11")))
                .hasMessage("networks.default.netmask is missing; a manual network with an ip needs it");
    }
}
