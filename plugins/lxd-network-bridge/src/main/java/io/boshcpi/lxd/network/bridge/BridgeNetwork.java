package io.boshcpi.lxd.network.bridge;

import io.boshcpi.lxd.spi.Device;
import io.boshcpi.lxd.spi.NetworkContributor;
import io.boshcpi.lxd.spi.NicOptions;
import io.boshcpi.lxd.spi.NicRequest;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import io.boshcpi.spi.PropertyTree;
import java.util.ArrayList;
import java.util.List;
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
                + " with it. A prefix that the Director delegates to the VM is routed to its NIC.";
    }

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Device nic(NicRequest request) {
        PropertyTree properties = request.properties();
        Properties bridge = properties.bind(Properties.class, OPTIONS);
        Map<String, String> nic = NIC_OPTIONS.values(properties);
        nic.put("type", "nic");
        if (bridge.parent().isPresent()) {
            nic.put("nictype", "bridged");
            nic.put("parent", bridge.parent().get());
        } else {
            nic.put("network", bridge.name().or(request::defaultNetwork).orElseThrow(() -> unnamed(request)));
        }
        boolean isManaged = bridge.parent().isEmpty();
        addAddress(request, nic, Family.IPV4, isManaged && bridge.reserveAddress(), isManaged);
        addAddress(request, nic, Family.IPV6, false, isManaged);
        addRoutes(request, nic);
        return new Device(request.interfaceName(), nic);
    }

    /**
     * Sets the NIC's address: where the server reserves it, and where the server lets nothing else pass. With a filter it
     * takes addresses that it could not reserve, too.
     */
    private static void addAddress(
            NicRequest request, Map<String, String> nic, Family family, boolean isReserved, boolean isManaged) {
        String filter = family.key("security.", "_filtering");
        boolean isFiltered = "true".equals(nic.get(filter));
        List<String> addresses = addresses(request, family);
        if (isFiltered && addresses.size() > 1) {
            throw request.properties()
                    .wrong(
                            filter,
                            "lets one address of the VM pass, but its NIC has " + String.join(" and ", addresses));
        }
        if (!addresses.isEmpty() && (isReserved || isFiltered)) {
            nic.put(family.key("", ".address"), addresses.get(0));
        } else if (isFiltered && !isManaged) {
            if (isDynamic(request)) {
                throw request.properties()
                        .wrong(
                                filter,
                                "needs to know the VM's address, which a network on a bridge of the host (parent) does"
                                        + " not tell; use a network of type manual, or one that the server manages (name)");
            }
            nic.put(family.key("", ".address"), "none");
        }
    }

    private static List<String> addresses(NicRequest request, Family family) {
        List<String> addresses = new ArrayList<>();
        for (NetworkSpec network : request.networks()) {
            if (network.address().isPresent() && network.address().get().isIpv6() == (family == Family.IPV6)) {
                addresses.add(network.address().get().ip());
            }
        }
        return addresses;
    }

    private static boolean isDynamic(NicRequest request) {
        for (NetworkSpec network : request.networks()) {
            if (network.address().isEmpty() && network.delegatedPrefix().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Routes the prefixes that are delegated to the VM to its NIC. */
    private static void addRoutes(NicRequest request, Map<String, String> nic) {
        for (NetworkSpec network : request.networks()) {
            if (network.delegatedPrefix().isPresent()) {
                String prefix = network.delegatedPrefix().get();
                Family family = prefix.indexOf(':') >= 0 ? Family.IPV6 : Family.IPV4;
                nic.merge(family.key("", ".routes"), prefix, (some, another) -> some + "," + another);
            }
        }
    }

    /** A version of IP, as keys of NICs call it. */
    private enum Family {
        IPV4("ipv4"),
        IPV6("ipv6");

        private final String word;

        Family(String word) {
            this.word = word;
        }

        String key(String before, String after) {
            return before + word + after;
        }
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
