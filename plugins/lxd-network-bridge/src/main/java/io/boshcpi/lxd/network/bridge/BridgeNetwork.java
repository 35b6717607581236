package io.boshcpi.lxd.network.bridge;

import io.boshcpi.lxd.spi.Device;
import io.boshcpi.lxd.spi.NetworkContributor;
import io.boshcpi.lxd.spi.NicRequest;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.PropertyTree;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.pf4j.Extension;

/**
 * NICs on a bridge: one that the server manages ({@code name}) or one of the host ({@code parent}).
 *
 * <p>On a managed bridge a fixed IPv4 address is also reserved with the server, which then refuses to start a second
 * instance with it. What configures the address in the guest is the provider's business.
 */
@Extension
public final class BridgeNetwork implements NetworkContributor {
    /** Keys that are handed to the NIC as they are. */
    private static final Set<String> OPTIONS = Set.of(
            "limits.egress",
            "limits.ingress",
            "limits.max",
            "limits.priority",
            "mtu",
            "security.acls",
            "security.ipv4_filtering",
            "security.ipv6_filtering",
            "security.mac_filtering",
            "security.port_isolation",
            "vlan",
            "vlan.tagged");

    @Override
    public Set<String> types() {
        return Set.of("bridge");
    }

    @Override
    public Device nic(NicRequest request) {
        PropertyTree properties = request.properties();
        Properties bridge = properties.bind(Properties.class, OPTIONS);
        Map<String, String> nic = new TreeMap<>();
        for (String option : OPTIONS) {
            properties.string(option).ifPresent(value -> nic.put(option, value));
        }
        nic.put("type", "nic");
        if (bridge.parent().isPresent()) {
            nic.put("nictype", "bridged");
            nic.put("parent", bridge.parent().get());
        } else {
            nic.put("network", bridge.name().or(request::defaultNetwork).orElseThrow(() -> unnamed(request)));
            if (bridge.reserveAddress().orElse(true)) {
                reservedAddress(request).ifPresent(address -> nic.put("ipv4.address", address));
            }
        }
        return new Device(request.interfaceName(), nic);
    }

    private static Optional<String> reservedAddress(NicRequest request) {
        for (NetworkSpec network : request.networks()) {
            if (network.address().isPresent() && !network.address().get().isIpv6()) {
                return Optional.of(network.address().get().ip());
            }
        }
        return Optional.empty();
    }

    private static CpiException unnamed(NicRequest request) {
        return request.properties()
                .wrong(
                        "name",
                        "is missing: name the server's network here, or for all subnets in the configuration"
                                + " (lxd.network)");
    }

    /**
     * Cloud properties of a subnet.
     *
     * @param type {@code "bridge"}
     * @param name a network that the server manages
     * @param parent a bridge of the host, instead of {@code name}
     * @param reserveAddress whether the server reserves the address (default {@code true}); it cannot where its DHCP is
     *     off for the network
     */
    private record Properties(
            Optional<String> type, Optional<String> name, Optional<String> parent, Optional<Boolean> reserveAddress) {}
}
