package io.boshcpi.lxd.fake.rules;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Instance;
import io.boshcpi.lxd.fake.model.State;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The clashes of addresses that a start or a hot plug meets. */
public final class Nics {
    private Nics() {}

    private static boolean isOn(Map<String, String> device, String network) {
        return "nic".equals(device.get("type")) && network.equals(device.get("network"));
    }

    /** Refuses an interface whose hardware or static address another one on the network has. */
    public static void checkFree(State state, Instance instance, String name) {
        Map<String, String> device = instance.devices.getOrDefault(name, Map.of());
        String network = device.getOrDefault("network", "");
        if (!isOn(device, network)) {
            return;
        }
        checkDnsName(state, instance, name, network);
        for (Instance other : state.instances.all()) {
            if (other.name.equals(instance.name) && other.project.equals(instance.project)) {
                continue;
            }
            for (Map<String, String> otherDevice : other.devices.values()) {
                if (isOn(otherDevice, network)) {
                    checkDiffers(device.get("hwaddr"), otherDevice.get("hwaddr"), "MAC");
                    checkDiffers(device.get("ipv4.address"), otherDevice.get("ipv4.address"), "IP");
                }
            }
        }
    }

    private static void checkDiffers(@Nullable String own, @Nullable String other, String kind) {
        if (own != null && own.equalsIgnoreCase(other)) {
            throw ApiError.conflict(kind + " address \"" + own + "\" already defined on another NIC");
        }
    }

    private static void checkDnsName(State state, Instance instance, String name, String network) {
        instance.devices.forEach((other, device) -> {
            if (!other.equals(name) && isOn(device, network)) {
                throw ApiError.conflict("Instance DNS name \"" + instance.name + "\" "
                        + state.dialect.choose(
                                "already used on network",
                                "conflict between \"" + name + "\" and \"" + other
                                        + "\" because both are connected to same network"));
            }
        });
    }
}
