package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.spi.InstanceKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * An instance to be created.
 *
 * @param name its name, which is the VM's CID
 * @param image what it is made from
 * @param placement profiles and cluster member
 * @param config {@code limits.*}, {@code security.*}, {@code user.*}, but not {@code raw.lxc}
 * @param devices name to device, {@code root} and NICs among them
 */
record InstancePlan(
        String name,
        Image image,
        Placement placement,
        Map<String, String> config,
        Map<String, Map<String, String>> devices) {

    /**
     * @param kind container or virtual machine
     * @param fingerprint the image's
     */
    record Image(InstanceKind kind, String fingerprint) {}

    /**
     * @param profiles the profiles to apply
     * @param target the cluster member or group, if one was asked for
     */
    record Placement(List<String> profiles, Optional<String> target) {}

    /** The same without some of its devices. */
    InstancePlan without(Set<String> names) {
        Map<String, Map<String, String>> others = new TreeMap<>(devices);
        others.keySet().removeAll(names);
        return new InstancePlan(name, image, placement, config, others);
    }

    /** The body of the request that creates it. */
    Map<String, Object> body(String rawLxc) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", name);
        body.put("type", image.kind().apiName());
        body.put("source", Map.of("type", "image", "fingerprint", image.fingerprint()));
        body.put("profiles", placement.profiles());
        body.put("config", config(rawLxc));
        body.put("devices", devices);
        return body;
    }

    /** The whole configuration. */
    Map<String, String> config(String rawLxc) {
        Map<String, String> whole = new TreeMap<>(config);
        if (!rawLxc.isEmpty()) {
            whole.put("raw.lxc", rawLxc);
        }
        return whole;
    }
}
