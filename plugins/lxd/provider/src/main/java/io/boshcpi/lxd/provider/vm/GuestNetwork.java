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
 * How the NICs of a container get their addresses.
 *
 * <p>The agent is told that all networks are {@code preconfigured}: it does not recognize a container's NIC. LXC sets
 * fixed addresses in the container's network namespace before its init runs, which needs nothing in the guest and
 * survives every restart. Where the project forbids {@code raw.lxc}, and for DHCP, the guest has to do it:
 * systemd-networkd from a file, or a runit service that runs the guest's DHCP client.
 */
final class GuestNetwork {
    private static final String NETWORKD = "/etc/systemd/network";
    private static final String RUNIT_SERVICE = "/etc/service/lxd-cpi-dhcp";

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
                    lines.add(family + ".address = " + address.ip() + "/" + address.prefixLength());
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
        List<String> dhcp = new ArrayList<>();
        for (Nic nic : nics) {
            boolean dynamic = isDynamic(nic);
            if (dynamic) {
                dhcp.add(nic.name());
            }
            if (init == StemcellTraits.Init.SYSTEMD && (dynamic || !fixedByLxc)) {
                files.add(file(NETWORKD + "/10-" + nic.name() + ".network", 0644, networkdFile(nic)));
            }
        }
        if (init == StemcellTraits.Init.RUNIT && !dhcp.isEmpty()) {
            files.add(new InitialFile.Directory(RUNIT_SERVICE));
            files.add(file(RUNIT_SERVICE + "/run", 0755, runitService(dhcp)));
        }
        return files;
    }

    /** The networks as the agent is told them. */
    Map<String, Map<String, @Nullable Object>> settings(List<NetworkSpec> networks) {
        Map<String, Map<String, @Nullable Object>> settings = new LinkedHashMap<>();
        for (NetworkSpec network : networks) {
            settings.put(network.name(), new LinkedHashMap<>(network.asMap()));
        }
        for (Nic nic : nics) {
            for (NetworkSpec network : nic.networks()) {
                Map<String, @Nullable Object> enriched = settings.get(network.name());
                if (enriched != null) {
                    enriched.put("mac", nic.mac());
                    enriched.put("preconfigured", true);
                }
            }
        }
        return settings;
    }

    private static boolean isDynamic(Nic nic) {
        for (NetworkSpec network : nic.networks()) {
            if (network.address().isPresent()) {
                return false;
            }
        }
        return true;
    }

    private static String networkdFile(Nic nic) {
        StringBuilder file = new StringBuilder("[Match]\nName=" + nic.name() + "\n\n[Network]\n");
        if (isDynamic(nic)) {
            file.append("DHCP=ipv4\n");
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

    private static String runitService(List<String> interfaces) {
        String names = String.join(" ", interfaces);
        return "#!/bin/sh\n"
                + "# Made by the BOSH CPI for LXD: addresses of dynamic networks.\n"
                + "exec 2>&1\n"
                + "for nic in " + names + "; do ip link set dev \"$nic\" up; done\n"
                + "if command -v dhclient > /dev/null; then exec dhclient -d " + names + "; fi\n"
                + "for nic in " + names + "; do udhcpc -f -i \"$nic\" & done\n"
                + "wait\n";
    }

    private static InitialFile file(String path, int mode, String content) {
        return new InitialFile.Plain(path, mode, Bytes.of(content.getBytes(StandardCharsets.UTF_8)));
    }
}
