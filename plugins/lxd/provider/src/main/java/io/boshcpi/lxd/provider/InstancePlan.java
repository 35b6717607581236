package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.spi.InstanceKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An instance as the server is to be asked for it.
 *
 * @param name its name, which is the VM's CID
 * @param kind container or virtual machine
 * @param fingerprint the image's
 * @param placement profiles and cluster member
 * @param config {@code limits.*}, {@code security.*}, {@code user.*}, {@code raw.lxc}
 * @param devices name to device, {@code root} and NICs among them
 */
record InstancePlan(
        String name,
        InstanceKind kind,
        String fingerprint,
        Placement placement,
        Map<String, String> config,
        Map<String, Map<String, String>> devices) {

    /**
     * @param profiles the profiles to apply
     * @param target the cluster member or group, if one was asked for
     */
    record Placement(List<String> profiles, Optional<String> target) {}

    /** What the server is sent. */
    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", name);
        body.put("type", kind.apiName());
        body.put("source", Map.of("type", "image", "fingerprint", fingerprint));
        body.put("profiles", placement.profiles());
        body.put("config", config);
        body.put("devices", devices);
        return body;
    }
}
