package io.boshcpi.lxd.network.bridge;

import io.boshcpi.lxd.spi.Device;
import io.boshcpi.lxd.spi.NetworkContributor;
import io.boshcpi.lxd.spi.NicOptions;
import io.boshcpi.lxd.spi.NicRequest;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pf4j.Extension;

/** NICs on a bridge: one that the server manages ({@code name}) or one of the host ({@code parent}). */
@Extension
public final class BridgeNetwork implements NetworkContributor {
    /** Options that are handed to the NIC as they are. */
    private static final Options NIC_OPTIONS = Options.of(
            Option.string("limits.egress", "limit of what the VM sends, such as `100Mbit`"),
            Option.string("limits.ingress", "limit of what the VM receives, such as `100Mbit`"),
            Option.string("limits.max", "both limits at once"),
            Option.string("limits.priority", "priority of what the VM sends"),
            NicOptions.MTU,
            NicOptions.ACLS,
            Option.bool("security.ipv4_filtering", "keeps the VM from using any IPv4 address but its own"),
            Option.bool("security.ipv6_filtering", "keeps the VM from using any IPv6 address but its own"),
            NicOptions.MAC_FILTERING,
            Option.bool("security.port_isolation", "keeps VMs of this bridge from reaching each other"),
            NicOptions.VLAN,
            Option.string("vlan.tagged", "further VLANs that reach the VM with their tags"));

    private static final Options OPTIONS = Options.of(
                    Option.string("name", "a network that the server manages"),
                    Option.string("parent", "a bridge of the host, instead of `name`"),
                    Option.bool(
                                    "reserve_address",
                                    "whether the server reserves the address; it cannot where its DHCP is off for the"
                                            + " network")
                            .withDefault(true))
            .and(NIC_OPTIONS);

    @Override
    public Set<String> types() {
        return Set.of("bridge");
    }

    @Override
    public String description() {
        return "NICs on a bridge: one that the server manages (`name`) or one of the host (`parent`). On a managed bridge"
                + " a fixed IPv4 address is also reserved with the server, which then refuses to start a second instance"
                + " with it.";
    }

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Device nic(NicRequest request) {
        Properties bridge = request.properties().bind(Properties.class, OPTIONS);
        Map<String, String> nic = NIC_OPTIONS.values(request.properties());
        nic.put("type", "nic");
        if (bridge.parent().isPresent()) {
            nic.put("nictype", "bridged");
            nic.put("parent", bridge.parent().get());
        } else {
            nic.put("network", bridge.name().or(request::defaultNetwork).orElseThrow(() -> unnamed(request)));
            if (bridge.reserveAddress()) {
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

    private record Properties(
            Optional<String> type, Optional<String> name, Optional<String> parent, boolean reserveAddress) {}
}
