package io.boshcpi.lxd.client.model;

import java.util.Map;

/**
 * Configuration and devices that instances take over by naming the profile.
 *
 * @param devices by name
 */
public record Profile(String name, Map<String, String> config, Map<String, Map<String, String>> devices) {
    /** Reads the server's JSON. */
    public static Profile of(Map<String, ?> json) {
        Fields fields = new Fields(json);
        return new Profile(fields.text("name"), fields.config("config"), fields.configs("devices"));
    }
}
