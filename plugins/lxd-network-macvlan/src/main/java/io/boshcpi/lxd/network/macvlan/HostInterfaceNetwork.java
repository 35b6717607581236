package io.boshcpi.lxd.network.macvlan;

import io.boshcpi.lxd.spi.Device;
import io.boshcpi.lxd.spi.NetworkContributor;
import io.boshcpi.lxd.spi.NicRequest;
import io.boshcpi.spi.PropertyTree;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.pf4j.Extension;

/**
 * NICs that come straight from an interface of the host, whose network's own router and DHCP server serve the VM: a
 * second address on it ({@code macvlan}), the interface itself ({@code physical}), or one of its virtual functions
 * ({@code sriov}).
 *
 * <p>The server does not watch over addresses here; with {@code macvlan}, host and VM cannot reach each other.
 */
@Extension
public final class HostInterfaceNetwork implements NetworkContributor {
    /** Keys that are handed to the NIC as they are. */
    private static final Set<String> OPTIONS = Set.of("gvrp", "mtu", "security.mac_filtering", "vlan");

    @Override
    public Set<String> types() {
        return Set.of("macvlan", "physical", "sriov");
    }

    @Override
    public Device nic(NicRequest request) {
        PropertyTree properties = request.properties();
        Properties host = properties.bind(Properties.class, OPTIONS);
        if (host.name().isPresent() == host.parent().isPresent()) {
            throw properties.wrong(
                    "parent",
                    "or name is needed, not both: an interface of the host, or a network that the server manages");
        }
        Map<String, String> nic = new TreeMap<>();
        for (String option : OPTIONS) {
            properties.string(option).ifPresent(value -> nic.put(option, value));
        }
        nic.put("type", "nic");
        host.name().ifPresent(name -> nic.put("network", name));
        host.parent().ifPresent(parent -> {
            nic.put("nictype", host.type());
            nic.put("parent", parent);
        });
        return new Device(request.interfaceName(), nic);
    }

    /**
     * Cloud properties of a subnet.
     *
     * @param type {@code "macvlan"}, {@code "physical"} or {@code "sriov"}
     * @param name a network of that type that the server manages
     * @param parent an interface of the host, instead of {@code name}
     */
    private record Properties(String type, Optional<String> name, Optional<String> parent) {}
}
