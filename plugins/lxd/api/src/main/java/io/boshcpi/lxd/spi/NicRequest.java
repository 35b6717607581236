package io.boshcpi.lxd.spi;

import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.PropertyTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A NIC that an instance needs.
 *
 * @param kind what the instance will be
 * @param interfaceName the NIC's name in the guest: {@code "eth0"}
 * @param networks the networks that it connects to: one, or those of a {@code nic_group}
 * @param defaultNetwork the network that the operator configured for networks whose cloud properties name none
 * @param context what else the contributor may know
 */
@API(status = API.Status.STABLE, since = "1.0")
public record NicRequest(
        InstanceKind kind,
        String interfaceName,
        List<NetworkSpec> networks,
        Optional<String> defaultNetwork,
        PluginContext context) {
    /** Refuses an empty list of networks. */
    public NicRequest {
        networks = List.copyOf(networks);
        if (networks.isEmpty()) {
            throw new IllegalArgumentException("A NIC connects to at least one network");
        }
    }

    /** For tests: a request to a contributor without configuration. */
    public NicRequest(
            InstanceKind kind, String interfaceName, List<NetworkSpec> networks, Optional<String> defaultNetwork) {
        this(kind, interfaceName, networks, defaultNetwork, PluginContext.empty());
    }

    /** The same for another context. */
    public NicRequest in(PluginContext other) {
        return new NicRequest(kind, interfaceName, networks, defaultNetwork, other);
    }

    /** The cloud properties of all its networks together: the provider has refused networks that contradict each other. */
    public PropertyTree properties() {
        PropertyTree first = networks.get(0).properties();
        if (networks.size() == 1) {
            return first;
        }
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        for (NetworkSpec network : networks) {
            for (Map.Entry<String, @Nullable Object> property :
                    network.properties().asMap().entrySet()) {
                if (all.get(property.getKey()) == null) {
                    all.put(property.getKey(), property.getValue());
                }
            }
        }
        return PropertyTree.of(first.path(), all);
    }
}
