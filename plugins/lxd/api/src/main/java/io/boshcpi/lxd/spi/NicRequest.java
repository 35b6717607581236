package io.boshcpi.lxd.spi;

import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.PropertyTree;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A NIC that an instance needs.
 *
 * @param kind what the instance will be
 * @param interfaceName the NIC's name in the guest: {@code "eth0"}
 * @param networks the networks that it connects to: one, or those of a {@code nic_group}
 * @param defaultNetwork the network that the operator configured for networks whose cloud properties name none
 */
@API(status = API.Status.STABLE, since = "1.0")
public record NicRequest(
        InstanceKind kind, String interfaceName, List<NetworkSpec> networks, Optional<String> defaultNetwork) {
    /** Refuses an empty list of networks. */
    public NicRequest {
        networks = List.copyOf(networks);
        if (networks.isEmpty()) {
            throw new IllegalArgumentException("A NIC connects to at least one network");
        }
    }

    /** The cloud properties of the first network; those of a group agree in what matters here. */
    public PropertyTree properties() {
        return networks.get(0).properties();
    }
}
