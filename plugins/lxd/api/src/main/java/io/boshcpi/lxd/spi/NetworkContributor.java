package io.boshcpi.lxd.spi;

import io.boshcpi.spi.Options;
import java.util.Set;
import org.apiguardian.api.API;
import org.pf4j.ExtensionPoint;

/** Connects instances to networks. There may be many; two that serve the same type are an error that names both. */
@API(status = API.Status.STABLE, since = "1.0")
public interface NetworkContributor extends ExtensionPoint, SubPlugin {
    /**
     * The values of the network's cloud property {@code type} that it serves, such as {@code "bridge"}. A network
     * without that property is a {@code "bridge"}.
     */
    Set<String> types();

    /**
     * The cloud properties that a subnet of these types can have, without {@code type}. The provider checks what an
     * operator wrote with them before it asks for the NIC.
     */
    Options options();

    /**
     * The NIC for a network, or for the networks that share a NIC.
     *
     * <p>The device's name is {@link NicRequest#interfaceName()}; the provider adds {@code name} and {@code hwaddr}. A
     * prefix that is delegated to the VM ({@link io.boshcpi.spi.NetworkSpec#delegatedPrefix()}) has to be in the device's
     * {@code ipv4.routes} or {@code ipv6.routes}; where it is not, the provider refuses the network.
     *
     * @throws io.boshcpi.spi.CpiException that names the property if a cloud property is wrong
     */
    Device nic(NicRequest request);
}
