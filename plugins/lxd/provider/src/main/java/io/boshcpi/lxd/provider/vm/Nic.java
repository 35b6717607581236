package io.boshcpi.lxd.provider.vm;

import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.VmCid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A NIC of a VM.
 *
 * @param name its name in the guest and among the instance's devices: {@code eth0}
 * @param mac its address, lower case
 * @param networks the networks that it connects to: one, or those of a {@code nic_group}
 */
record Nic(String name, String mac, List<NetworkSpec> networks) {
    private static final Logger LOG = LoggerFactory.getLogger(Nic.class);

    /** Device keys are sorted as strings, and {@code eth10} would stand before {@code eth2}. */
    private static final int MAX_NICS = 10;

    /**
     * One NIC per network, shared by the networks of a {@code nic_group}; none for a VIP.
     *
     * @param defaultNetwork the network of subnets that name none
     */
    static List<Nic> of(VmCid vm, List<NetworkSpec> networks, Optional<String> defaultNetwork) {
        Map<String, List<NetworkSpec>> groups = new LinkedHashMap<>();
        for (NetworkSpec network : networks) {
            if (network.kind() == NetworkSpec.Kind.VIP) {
                LOG.warn(
                        "The network {} is of type vip, which does nothing here: {} is not mapped to the VM",
                        network.name(),
                        network.settings().string("ip").orElse("its address"));
                continue;
            }
            String group = network.nicGroup().isPresent()
                    ? "group " + network.nicGroup().get()
                    : "network " + network.name();
            List<NetworkSpec> members = groups.get(group);
            if (members == null) {
                members = new ArrayList<>();
                groups.put(group, members);
            }
            members.add(network);
        }
        if (groups.size() > MAX_NICS) {
            throw CpiException.badRequest(
                    "The VM has " + groups.size() + " NICs; at most " + MAX_NICS + " are possible");
        }
        List<Nic> nics = new ArrayList<>();
        for (List<NetworkSpec> group : groups.values()) {
            NicGroup.check(group, defaultNetwork);
            String name = "eth" + nics.size();
            nics.add(new Nic(name, macFor(vm, name), group));
        }
        return nics;
    }

    /** Whether the guest has to ask for its address: no network of the NIC has one. */
    boolean isDynamic() {
        for (NetworkSpec network : networks) {
            if (network.address().isPresent() || network.delegatedPrefix().isPresent()) {
                return false;
            }
        }
        return true;
    }

    /** Whether the VM's default {@code "gateway"} or {@code "dns"} is that of one of its networks. */
    boolean isDefaultFor(String what) {
        for (NetworkSpec network : networks) {
            if (network.isDefaultFor(what)) {
                return true;
            }
        }
        return false;
    }

    /** The names of its networks, as a message tells them: {@code "a and b"}. */
    String networkNames() {
        List<String> names = new ArrayList<>();
        for (NetworkSpec network : networks) {
            names.add(network.name());
        }
        return String.join(" and ", names);
    }

    /** A locally administered unicast address with 46 bits of the VM's own randomness. */
    private static String macFor(VmCid vm, String name) {
        UUID hash = UUID.nameUUIDFromBytes((vm.value() + "/" + name).getBytes(StandardCharsets.UTF_8));
        long bits = (hash.getLeastSignificantBits() & 0xfcff_ffff_ffffL) | 0x0200_0000_0000L;
        StringBuilder mac = new StringBuilder();
        for (int shift = 40; shift >= 0; shift -= 8) {
            int octet = (int) (bits >> shift) & 0xff;
            mac.append(shift == 40 ? "" : ":")
                    .append(Character.forDigit(octet >> 4, 16))
                    .append(Character.forDigit(octet & 15, 16));
        }
        return mac.toString();
    }
}
