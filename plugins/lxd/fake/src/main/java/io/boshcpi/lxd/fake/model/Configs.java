package io.boshcpi.lxd.fake.model;

import java.util.Map;
import java.util.TreeMap;

/** How PATCH treats configuration. */
public final class Configs {
    private Configs() {}

    /** The changes over what is there; an empty value removes its key. */
    public static Map<String, String> merged(Map<String, String> present, Map<String, String> changes) {
        Map<String, String> merged = new TreeMap<>(present);
        merged.putAll(changes);
        merged.values().removeIf(String::isEmpty);
        return merged;
    }

    /** The configuration without the keys whose value is empty, which the servers do not keep. */
    public static Map<String, String> withoutEmpty(Map<String, String> config) {
        return merged(Map.of(), config);
    }
}
