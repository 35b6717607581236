package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.client.model.Bytes;
import io.boshcpi.lxd.provider.stemcell.StemcellTraits;
import io.boshcpi.spi.NetworkSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How the NICs of a VM get their addresses. In a virtual machine the agent sets them. In a container it does not:
 *
 * <p>The agent is told that all networks are {@code preconfigured}: it does not recognize a container's NIC. LXC sets
 * fixed addresses in the container's network namespace before its init runs, which needs nothing in the guest and
 * survives every restart. Where the project forbids {@code raw.lxc}, and for DHCP, the guest has to do it:
 * systemd-networkd from a file, or a runit service that runs the guest's DHCP client.
 */
final class GuestNetwork {
    private static final String NETWORKD = "/etc/systemd/network";
    private static final String RUNIT_SERVICE = "/etc/service/lxd-cpi-dhcp";

    private static final String DHCLIENT_CONF = RUNIT_SERVICE + "/dhclient.conf";

    private final List<Nic> nics;

    GuestNetwork(List<Nic> nics) {
        this.nics = nics;
    }

    /**
     * Lines of {@code raw.lxc} that set the fixed addresses.
     *
     * @param otherNics names of NICs that profiles add: LXC counts NICs in the order of their device names
     */
    List<String> lxcLines(Set<String> otherNics) {
        TreeSet<String> order = new TreeSet<>(otherNics);
        for (Nic nic : nics) {
            order.add(nic.name());
        }
        List<String> lines = new ArrayList<>();
        for (Nic nic : nics) {
            String prefix = "lxc.net." + order.headSet(nic.name()).size() + ".";
            for (NetworkSpec network : nic.networks()) {
                if (network.address().isPresent()) {
                    NetworkSpec.Address address = network.address().get();
                    String family = prefix + (address.isIpv6() ? "ipv6" : "ipv4");
                    lines.add(
                            family + ".address = " + address.ip() + "/" + address.prefixLength() + broadcast(address));
                    if (network.isDefaultFor("gateway") && address.gateway().isPresent()) {
                        lines.add(family + ".gateway = " + address.gateway().get());
                    }
                }
            }
        }
        return lines;
    }

    /**
     * Files with which the guest configures the addresses that LXC does not set.
     *
     * @param fixedByLxc whether LXC sets the fixed addresses
     */
    List<InitialFile> files(StemcellTraits.Init init, boolean fixedByLxc) {
        List<InitialFile> files = new ArrayList<>();
        List<Nic> dhcp = new ArrayList<>();
        for (Nic nic : nics) {
            boolean dynamic = nic.isDynamic();
            if (dynamic) {
                dhcp.add(nic);
            }
            if (init == StemcellTraits.Init.SYSTEMD && (dynamic || !fixedByLxc)) {
                files.add(file(NETWORKD + "/10-" + nic.name() + ".network", 0644, networkdFile(nic)));
            }
        }
        if (init == StemcellTraits.Init.RUNIT && !dhcp.isEmpty()) {
            files.add(new InitialFile.Directory(RUNIT_SERVICE));
            files.add(file(DHCLIENT_CONF, 0644, dhclientConf(dhcp)));
            files.add(file(RUNIT_SERVICE + "/run", 0755, runitService(dhcp)));
        }
        return files;
    }

    /**
     * The networks as the agent is told them.
     *
     * @param preconfigured whether the agent is to leave the NICs alone
     */
    Map<String, Map<String, @Nullable Object>> settings(List<NetworkSpec> networks, boolean preconfigured) {
        Map<String, Map<String, @Nullable Object>> settings = new LinkedHashMap<>();
        for (NetworkSpec network : networks) {
            settings.put(network.name(), new LinkedHashMap<>(network.asMap()));
        }
        for (Nic nic : nics) {
            for (NetworkSpec network : nic.networks()) {
                Map<String, @Nullable Object> enriched = settings.get(network.name());
                if (enriched != null) {
                    enriched.put("mac", nic.mac());
                    if (preconfigured) {
                        enriched.put("preconfigured", true);
                    }
                }
            }
        }
        return settings;
    }

    /** A blank and the broadcast address, which LXC itself computes wrongly; nothing where there is none. */
    private static String broadcast(NetworkSpec.Address address) {
        return address.broadcast().isPresent() ? " " + address.broadcast().get() : "";
    }

    /** Whether the VM takes a default route or name servers from the NIC; where no network is the default, from all. */
    private boolean isSourceOf(String what, Nic nic) {
        if (nic.isDefaultFor(what)) {
            return true;
        }
        for (Nic other : nics) {
            if (other.isDefaultFor(what)) {
                return false;
            }
        }
        return true;
    }

    private String networkdFile(Nic nic) {
        StringBuilder file = new StringBuilder("[Match]\nName=" + nic.name() + "\n\n[Network]\n");
        if (nic.isDynamic()) {
            file.append("DHCP=ipv4\n");
            file.append(networkdRefusals(nic));
        }
        for (NetworkSpec network : nic.networks()) {
            if (network.address().isPresent()) {
                NetworkSpec.Address address = network.address().get();
                file.append("Address=" + address.ip() + "/" + address.prefixLength() + "\n");
                if (network.isDefaultFor("gateway") && address.gateway().isPresent()) {
                    file.append("Gateway=" + address.gateway().get() + "\n");
                }
            }
        }
        return file.toString();
    }

    /** What the guest does not take from the NIC's DHCP server and router. */
    private String networkdRefusals(Nic nic) {
        boolean routes = isSourceOf("gateway", nic);
        boolean dns = isSourceOf("dns", nic);
        return (routes && dns ? "" : "\n[DHCPv4]\n" + (routes ? "" : "UseRoutes=no\n") + (dns ? "" : "UseDNS=no\n"))
                + (routes && dns
                        ? ""
                        : "\n[IPv6AcceptRA]\n" + (routes ? "" : "UseGateway=no\n") + (dns ? "" : "UseDNS=no\n"));
    }

    private String runitService(List<Nic> dynamic) {
        StringBuilder service = new StringBuilder("""
                #!/bin/sh
                # Made by the BOSH CPI for LXD: addresses of dynamic networks.
                exec 2>&1
                """);
        for (Nic nic : dynamic) {
            service.append("ip link set dev " + nic.name() + " up\n");
        }
        service.append("if command -v dhclient > /dev/null; then\n  exec dhclient -d -cf " + DHCLIENT_CONF);
        for (Nic nic : dynamic) {
            service.append(" " + nic.name());
        }
        service.append("\nfi\n");
        for (Nic nic : dynamic) {
            service.append("udhcpc -f" + udhcpcOptions(nic) + " -i " + nic.name() + " &\n");
        }
        return service.append("wait\n").toString();
    }

    /** Requests only the options that the guest is to apply; a server answers what it is asked for. */
    private String udhcpcOptions(Nic nic) {
        boolean routes = isSourceOf("gateway", nic);
        boolean dns = isSourceOf("dns", nic);
        return routes && dns
                ? ""
                : " -o -O subnet -O broadcast" + (routes ? " -O router -O staticroutes" : "")
                        + (dns ? " -O dns -O domain" : "");
    }

    private String dhclientConf(List<Nic> dynamic) {
        StringBuilder conf = new StringBuilder("""
                # Made by the BOSH CPI for LXD: what each dynamic network is asked for.
                option rfc3442-classless-static-routes code 121 = array of unsigned integer 8;
                """);
        for (Nic nic : dynamic) {
            conf.append("interface \"" + nic.name() + "\" {\n  request subnet-mask, broadcast-address, interface-mtu");
            if (isSourceOf("gateway", nic)) {
                conf.append(", routers, rfc3442-classless-static-routes");
            }
            if (isSourceOf("dns", nic)) {
                conf.append(", domain-name, domain-name-servers, domain-search");
            }
            conf.append(";\n}\n");
        }
        return conf.toString();
    }

    private static InitialFile file(String path, int mode, String content) {
        return new InitialFile.Plain(path, mode, Bytes.of(content.getBytes(StandardCharsets.UTF_8)));
    }
}
