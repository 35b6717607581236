package io.boshcpi.lxd.network.macvlan;

import io.boshcpi.lxd.spi.Device;
import io.boshcpi.lxd.spi.NetworkContributor;
import io.boshcpi.lxd.spi.NicOptions;
import io.boshcpi.lxd.spi.NicRequest;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import io.boshcpi.spi.PropertyTree;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pf4j.Extension;

/**
 * NICs on an interface of the host: a second address on it ({@code macvlan}), the interface itself ({@code physical}), or
 * one of its virtual functions ({@code sriov}).
 */
@Extension
public final class HostInterfaceNetwork implements NetworkContributor {
    /** Options that are handed to the NIC as they are. */
    private static final Options NIC_OPTIONS = Options.of(
            Option.bool("gvrp", "whether the VLAN is announced with GVRP"),
            NicOptions.MTU,
            NicOptions.MAC_FILTERING,
            NicOptions.VLAN);

    private static final Options OPTIONS = Options.of(
                    Option.string("name", "a network of that type that the server manages"),
                    Option.string("parent", "an interface of the host, instead of `name`"))
            .and(NIC_OPTIONS);

    @Override
    public Set<String> types() {
        return Set.of("macvlan", "physical", "sriov");
    }

    @Override
    public String description() {
        return "NICs that come straight from an interface of the host, whose network's own router and DHCP server serve"
                + " the VM: a second address on it (`macvlan`), the interface itself (`physical`), or one of its virtual"
                + " functions (`sriov`). The server does not watch over addresses here; with `macvlan`, host and VM cannot"
                + " reach each other.";
    }

    @Override
    public Options options() {
        return OPTIONS;
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
        Map<String, String> nic = NIC_OPTIONS.values(properties);
        nic.put("type", "nic");
        host.name().ifPresent(name -> nic.put("network", name));
        host.parent().ifPresent(parent -> {
            nic.put("nictype", host.type());
            nic.put("parent", parent);
        });
        return new Device(request.interfaceName(), nic);
    }

    private record Properties(String type, Optional<String> name, Optional<String> parent) {}
}
