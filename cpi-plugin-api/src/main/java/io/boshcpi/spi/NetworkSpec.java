package io.boshcpi.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * One network of {@code create_vm}.
 *
 * @param name its name in the request
 * @param kind how its address is found
 * @param address the fixed address of a manual network; present if and only if the request has an {@code ip} that
 *     counts (that of a dynamic network is the previous VM's and does not, and that of a delegated prefix is the prefix's)
 * @param settings the request's settings as they are; {@code type}, {@code ip}, {@code dns}, …
 */
@API(status = API.Status.STABLE, since = "1.0")
public record NetworkSpec(String name, Kind kind, Optional<Address> address, PropertyTree settings) {
    /** How a network's address is found. */
    public enum Kind {
        /** BOSH chose the address. */
        MANUAL,
        /** The cloud's DHCP chooses it. */
        DYNAMIC,
        /** An address that is mapped to the VM without a NIC. */
        VIP
    }

    /**
     * A fixed address.
     *
     * @param ip IPv4 or IPv6 literal
     * @param netmask the subnet's mask, dotted (IPv4) or in colons (IPv6)
     * @param gateway the subnet's gateway, if it has one
     */
    public record Address(String ip, String netmask, Optional<String> gateway) {
        /** The length of the subnet's prefix in bits: 24 for {@code 255.255.255.0}. */
        public int prefixLength() {
            return IpLiteral.prefixLength(netmask);
        }

        /** The subnet's broadcast address: empty for IPv6, and for subnets of one or two addresses, which have none. */
        public Optional<String> broadcast() {
            return isIpv6() || prefixLength() > 30 ? Optional.empty() : Optional.of(IpLiteral.broadcast(ip, netmask));
        }

        /** Whether it is an IPv6 address. */
        public boolean isIpv6() {
            return IpLiteral.isIpv6(ip);
        }
    }

    /**
     * Reads a network as {@code create_vm} sends it.
     *
     * @throws CpiException {@link ErrorType#CPI_ERROR} if a field is missing or malformed; it names the field
     */
    public static NetworkSpec of(String name, PropertyTree settings) {
        Kind kind = switch (settings.string("type").orElse("manual")) {
            case "manual" -> Kind.MANUAL;
            case "dynamic" -> Kind.DYNAMIC;
            case "vip" -> Kind.VIP;
            default -> throw settings.wrong("type", "is not one of manual, dynamic, vip");
        };
        Optional<String> ip = kind == Kind.DYNAMIC ? Optional.empty() : settings.string("ip");
        if (kind == Kind.MANUAL && ip.isPresent() && settings.string("netmask").isEmpty()) {
            throw settings.wrong("netmask", "is missing; a manual network with an ip needs it");
        }
        Optional<Address> address = ip.map(literal -> new Address(
                IpLiteral.check(settings, "ip", literal),
                settings.string("netmask")
                        .map(mask -> IpLiteral.checkMask(settings, mask))
                        .orElse("255.255.255.255"),
                settings.string("gateway").map(gateway -> IpLiteral.check(settings, "gateway", gateway))));
        if (kind == Kind.MANUAL && address.isPresent()) {
            checkFamily(settings, address.get());
        }
        boolean isPrefix = kind == Kind.MANUAL && prefix(settings).isPresent();
        return new NetworkSpec(name, kind, isPrefix ? Optional.empty() : address, settings);
    }

    private static void checkFamily(PropertyTree settings, Address address) {
        if (address.isIpv6() != IpLiteral.isIpv6(address.netmask())) {
            throw settings.wrong("netmask", "is not of the same IP version as ip");
        }
        if (address.gateway().isPresent()
                && address.isIpv6() != IpLiteral.isIpv6(address.gateway().get())) {
            throw settings.wrong("gateway", "is not of the same IP version as ip");
        }
    }

    /** The {@code prefix} of the settings, empty where it stands for a single address. */
    private static Optional<String> prefix(PropertyTree settings) {
        Optional<String> ip = settings.string("ip");
        Optional<String> prefix = settings.string("prefix");
        if (ip.isEmpty() || prefix.isEmpty() || IpLiteral.isSingleAddress(prefix.get())) {
            return Optional.empty();
        }
        return Optional.of(IpLiteral.network(settings, ip.get(), prefix.get()));
    }

    /** The cloud properties of the subnet. */
    public PropertyTree properties() {
        return settings.section("cloud_properties");
    }

    /**
     * The prefix that the Director delegates to the VM (RFC 0038), in CIDR notation: {@code 10.0.0.128/28}. It is routed
     * to the VM's NIC, and none of its addresses is the VM's own: {@link #address} is empty then.
     */
    public Optional<String> delegatedPrefix() {
        return kind == Kind.MANUAL ? prefix(settings) : Optional.empty();
    }

    /** Networks of one group share one NIC. */
    public Optional<String> nicGroup() {
        return settings.string("nic_group");
    }

    /** Whether the VM's default {@code "gateway"} or {@code "dns"} is this network's. */
    public boolean isDefaultFor(String what) {
        return settings.strings("default").contains(what);
    }

    /** The name servers, empty if there are none. */
    public List<String> dns() {
        return settings.strings("dns");
    }

    /** The settings as a map, to be handed to the agent. */
    public Map<String, @Nullable Object> asMap() {
        return settings.asMap();
    }
}
