package io.boshcpi.lxd.network.ovn;

import io.boshcpi.lxd.spi.Device;
import io.boshcpi.lxd.spi.NetworkContributor;
import io.boshcpi.lxd.spi.NicOptions;
import io.boshcpi.lxd.spi.NicRequest;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pf4j.Extension;

/** NICs on an OVN network that the server manages. */
@Extension
public final class OvnNetwork implements NetworkContributor {
    /** Options that are handed to the NIC as they are. */
    private static final Options NIC_OPTIONS = Options.of(
            Option.string("acceleration", "hardware offloading").withAllowed("none", "sriov", "vdpa"),
            Option.string("ipv4.routes", "further IPv4 subnets that are routed to the NIC"),
            Option.string(
                    "ipv4.routes.external",
                    "further IPv4 subnets that are announced on the uplink and routed to the NIC"),
            Option.string("ipv6.routes", "further IPv6 subnets that are routed to the NIC"),
            Option.string(
                    "ipv6.routes.external",
                    "further IPv6 subnets that are announced on the uplink and routed to the NIC"),
            NicOptions.MTU,
            NicOptions.ACLS,
            Option.string("security.acls.default.egress.action", "what happens to outgoing traffic that no ACL matches")
                    .withAllowed("reject", "drop", "allow"),
            Option.string(
                            "security.acls.default.ingress.action",
                            "what happens to incoming traffic that no ACL matches")
                    .withAllowed("reject", "drop", "allow"));

    private static final Options OPTIONS =
            Options.of(Option.string("name", "the OVN network").required()).and(NIC_OPTIONS);

    @Override
    public Set<String> types() {
        return Set.of("ovn");
    }

    @Override
    public String description() {
        return "NICs on an OVN network that the server manages. OVN itself answers for the addresses: a fixed one is set"
                + " on the network's port, so that no other instance can send with it.";
    }

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Device nic(NicRequest request) {
        Properties ovn = request.properties().bind(Properties.class, OPTIONS);
        Map<String, String> nic = NIC_OPTIONS.values(request.properties());
        nic.put("type", "nic");
        nic.put("network", ovn.name());
        for (NetworkSpec network : request.networks()) {
            network.address()
                    .ifPresent(address -> nic.put(address.isIpv6() ? "ipv6.address" : "ipv4.address", address.ip()));
            network.delegatedPrefix()
                    .ifPresent(prefix -> nic.merge(
                            prefix.indexOf(':') >= 0 ? "ipv6.routes" : "ipv4.routes",
                            prefix,
                            (some, another) -> some + "," + another));
        }
        return new Device(request.interfaceName(), nic);
    }

    private record Properties(Optional<String> type, String name) {}
}
