package io.boshcpi.lxd.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Addresses of network interfaces, and the clashes that a start or a hot plug meets. */
final class Nics {
    private Nics() {}

    static boolean isNic(Map<String, String> device) {
        return "nic".equals(device.get("type"));
    }

    /** The address of the device, given or made by the server, empty if there is none yet. */
    static String mac(Instance instance, String device) {
        String given = instance.expandedDevices.getOrDefault(device, Map.of()).get("hwaddr");
        return given != null ? given : instance.config.getOrDefault("volatile." + device + ".hwaddr", "");
    }

    /** Gives each interface without an address one, as the server does when it makes or changes an instance. */
    static void giveAddresses(Instance instance, Dialect dialect) {
        instance.expandedDevices.forEach((name, device) -> {
            if (isNic(device) && mac(instance, name).isEmpty()) {
                int random = ThreadLocalRandom.current().nextInt(1 << 24);
                String address = String.format(
                        Locale.ROOT,
                        "%s:%02x:%02x:%02x",
                        dialect.macPrefix(),
                        random >> 16,
                        (random >> 8) & 0xff,
                        random & 0xff);
                instance.config.put("volatile." + name + ".hwaddr", address);
            }
        });
    }

    /** Refuses an interface whose hardware or static address another one on the network has. */
    static void checkFree(State state, Instance instance, String name) {
        Map<String, String> device = instance.expandedDevices.getOrDefault(name, Map.of());
        String network = device.get("network");
        if (!isNic(device) || network == null) {
            return;
        }
        checkDnsName(state, instance, name, network);
        for (Instance other : state.allInstances()) {
            if (other.name.equals(instance.name) && other.project.equals(instance.project)) {
                continue;
            }
            other.expandedDevices.forEach((otherName, otherDevice) -> {
                if (isNic(otherDevice) && network.equals(otherDevice.get("network"))) {
                    checkDiffers(mac(instance, name), mac(other, otherName), "MAC");
                    checkDiffers(device.getOrDefault("ipv4.address", ""), otherDevice.get("ipv4.address"), "IP");
                }
            });
        }
    }

    private static void checkDiffers(String own, @Nullable String other, String kind) {
        if (!own.isEmpty() && own.equalsIgnoreCase(other)) {
            throw ApiError.conflict(kind + " address \"" + own + "\" already defined on another NIC");
        }
    }

    private static void checkDnsName(State state, Instance instance, String name, String network) {
        instance.expandedDevices.forEach((other, device) -> {
            if (!other.equals(name) && isNic(device) && network.equals(device.get("network"))) {
                throw state.dialect.dnsNameConflict(instance.name, name, other);
            }
        });
    }

    private static Map<String, Object> loopback() {
        return JsonObject.of(
                        "addresses",
                        List.of(JsonObject.of("family", "inet")
                                .and("address", "127.0.0.1")
                                .and("netmask", "8")
                                .and("scope", "local")))
                .and("counters", JsonObject.of("bytes_received", 0).and("bytes_sent", 0))
                .and("hwaddr", "")
                .and("host_name", "")
                .and("mtu", 65536)
                .and("state", "up")
                .and("type", "loopback");
    }

    /** The {@code network} part of a running instance's state. */
    static Map<String, Object> state(Instance instance) {
        Map<String, Object> interfaces = new TreeMap<>();
        interfaces.put("lo", loopback());
        instance.expandedDevices.forEach((name, device) -> {
            if (isNic(device)) {
                List<Object> addresses = new ArrayList<>();
                String address = device.get("ipv4.address");
                if (address != null) {
                    addresses.add(JsonObject.of("family", "inet")
                            .and("address", address)
                            .and("netmask", "24")
                            .and("scope", "global"));
                }
                interfaces.put(
                        device.getOrDefault("name", name),
                        JsonObject.of("addresses", addresses)
                                .and(
                                        "counters",
                                        JsonObject.of("bytes_received", 0).and("bytes_sent", 0))
                                .and("hwaddr", mac(instance, name))
                                .and("host_name", "veth" + Integer.toHexString(instance.name.hashCode()))
                                .and("mtu", 1500)
                                .and("state", "up")
                                .and("type", "broadcast"));
            }
        });
        return interfaces;
    }
}
