package io.boshcpi.docker.vm;

import io.boshcpi.docker.engine.Names;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import io.boshcpi.spi.PropertyTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container's connection to a network of the engine.
 *
 * @param network the engine's network
 * @param ipv4 the fixed IPv4 address, if there is one
 * @param ipv6 the fixed IPv6 address, if there is one
 */
record Nic(String network, Optional<String> ipv4, Optional<String> ipv6) {
    /** What a subnet can have. */
    static final Options OPTIONS = Options.of(
            Option.string("name", "the engine's network, whose subnet is this one; `docker.network` if not given"));

    private record Subnet(Optional<String> name) {}

    /**
     * The connections that a VM's networks make. An engine connects a container to a network once, so two networks of BOSH
     * that are on one network of the engine have to be its two versions of IP.
     *
     * @param fallback the network for subnets that name none
     */
    static List<Nic> of(List<NetworkSpec> specs, Optional<String> fallback) {
        Map<String, Nic> nics = new LinkedHashMap<>();
        for (NetworkSpec spec : specs) {
            Nic nic = of(spec, fallback);
            Nic other = nics.get(nic.network);
            nics.put(nic.network, other == null ? nic : other.with(nic, spec));
        }
        return List.copyOf(nics.values());
    }

    private static Nic of(NetworkSpec spec, Optional<String> fallback) {
        if (spec.kind() == NetworkSpec.Kind.VIP) {
            throw spec.settings()
                    .wrong(
                            "type",
                            "is vip, but an engine maps no addresses; cloud_properties.ports of the VM"
                                    + " opens ports of the host");
        } else if (spec.delegatedPrefix().isPresent()) {
            throw spec.settings()
                    .wrong("prefix", "is not a single address, and an engine routes no prefixes to containers");
        }
        PropertyTree properties = spec.properties();
        String network = properties
                .bind(Subnet.class, OPTIONS)
                .name()
                .or(() -> fallback)
                .orElseThrow(() -> properties.wrong(
                        "name", "is missing: which network of the engine is it? docker.network can name it for all"));
        Names.checked(properties, "name", network);
        Optional<String> ip = spec.address().map(NetworkSpec.Address::ip);
        boolean isIpv6 = spec.address().map(NetworkSpec.Address::isIpv6).orElse(false);
        return new Nic(network, isIpv6 ? Optional.empty() : ip, isIpv6 ? ip : Optional.empty());
    }

    private Nic with(Nic other, NetworkSpec spec) {
        if ((ipv4.isPresent() && other.ipv6.isPresent() && ipv6.isEmpty())
                || (ipv6.isPresent() && other.ipv4.isPresent() && ipv4.isEmpty())) {
            return new Nic(network, ipv4.or(other::ipv4), ipv6.or(other::ipv6));
        }
        throw CpiException.badRequest("The VM's network " + spec.name() + " is on the engine's network " + network
                + ", like another one of it; an engine connects a container to a network once, with one IPv4 and one IPv6"
                + " address");
    }

    /** Whether both have the same address in the same network. */
    boolean conflictsWith(Nic other) {
        return network.equals(other.network)
                && ((ipv4.isPresent() && ipv4.equals(other.ipv4)) || (ipv6.isPresent() && ipv6.equals(other.ipv6)));
    }
}
