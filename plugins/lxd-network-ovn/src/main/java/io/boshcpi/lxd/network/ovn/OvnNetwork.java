package io.boshcpi.lxd.network.ovn;

import io.boshcpi.lxd.spi.Device;
import io.boshcpi.lxd.spi.NetworkContributor;
import io.boshcpi.lxd.spi.NicRequest;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.PropertyTree;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.pf4j.Extension;

/**
 * NICs on an OVN network that the server manages.
 *
 * <p>OVN itself answers for the addresses: a fixed one is set on the network's port, so that no other instance can
 * send with it.
 */
@Extension
public final class OvnNetwork implements NetworkContributor {
    /** Keys that are handed to the NIC as they are. */
    private static final Set<String> OPTIONS = Set.of(
            "acceleration",
            "ipv4.routes",
            "ipv4.routes.external",
            "ipv6.routes",
            "ipv6.routes.external",
            "mtu",
            "security.acls",
            "security.acls.default.egress.action",
            "security.acls.default.ingress.action");

    @Override
    public Set<String> types() {
        return Set.of("ovn");
    }

    @Override
    public Device nic(NicRequest request) {
        PropertyTree properties = request.properties();
        Properties ovn = properties.bind(Properties.class, OPTIONS);
        Map<String, String> nic = new TreeMap<>();
        for (String option : OPTIONS) {
            properties.string(option).ifPresent(value -> nic.put(option, value));
        }
        nic.put("type", "nic");
        nic.put("network", ovn.name());
        for (NetworkSpec network : request.networks()) {
            network.address()
                    .ifPresent(address -> nic.put(address.isIpv6() ? "ipv6.address" : "ipv4.address", address.ip()));
        }
        return new Device(request.interfaceName(), nic);
    }

    /**
     * Cloud properties of a subnet.
     *
     * @param type {@code "ovn"}
     * @param name the OVN network
     */
    private record Properties(Optional<String> type, String name) {}
}
