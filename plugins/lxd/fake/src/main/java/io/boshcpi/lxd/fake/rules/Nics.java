package io.boshcpi.lxd.fake.rules;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.model.Instance;
import io.boshcpi.lxd.fake.model.State;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Addresses of network interfaces, and the clashes that a start or a hot plug meets. */
public final class Nics {
    private Nics() {}

    public static boolean isNic(Map<String, String> device) {
        return "nic".equals(device.get("type"));
    }

    /** The address of the device, given or made by the server, empty if there is none yet. */
    public static String mac(Instance instance, String device) {
        String given = instance.devices.getOrDefault(device, Map.of()).get("hwaddr");
        return given != null ? given : instance.config.getOrDefault("volatile." + device + ".hwaddr", "");
    }

    /** Gives each interface without an address one, as the server does when it makes or changes an instance. */
    public static void giveAddresses(Instance instance, Dialect dialect) {
        instance.devices.forEach((name, device) -> {
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
    public static void checkFree(State state, Instance instance, String name) {
        Map<String, String> device = instance.devices.getOrDefault(name, Map.of());
        String network = device.get("network");
        if (!isNic(device) || network == null) {
            return;
        }
        checkDnsName(state, instance, name, network);
        for (Instance other : state.allInstances()) {
            if (other.name.equals(instance.name) && other.project.equals(instance.project)) {
                continue;
            }
            other.devices.forEach((otherName, otherDevice) -> {
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
        instance.devices.forEach((other, device) -> {
            if (!other.equals(name) && isNic(device) && network.equals(device.get("network"))) {
                throw state.dialect.dnsNameConflict(instance.name, name, other);
            }
        });
    }
}
