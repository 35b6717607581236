package io.boshcpi.lxd.client.model;

import java.util.List;
import java.util.Map;

/** A project: a name space for instances and, as its {@code features.*} say, images, volumes, profiles and networks. */
public record Project(String name, String description, Map<String, String> config, List<String> usedBy) {
    /** Reads the server's JSON. */
    public static Project of(Map<String, ?> json) {
        Fields fields = new Fields(json);
        return new Project(
                fields.text("name"), fields.text("description"), fields.config("config"), fields.texts("used_by"));
    }

    /**
     * Whether the project has its own of something: {@code "images"}, {@code "profiles"}, {@code "storage.volumes"}.
     */
    public boolean isolates(String feature) {
        return "true".equals(config.get("features." + feature));
    }

    /** Whether restrictions apply. */
    public boolean isRestricted() {
        return "true".equals(config.get("restricted"));
    }
}
