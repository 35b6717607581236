package io.boshcpi.lxd.fake.model;

import io.boshcpi.lxd.fake.guest.Guest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An instance. Guarded by the lock of {@link State}. */
public final class Instance {
    public final String name;
    public final String project;
    public final String type;
    public final Guest guest = new Guest();
    /** The member of the cluster that has it. */
    public String location = "none";

    public String description = "";
    public List<String> profiles = List.of();
    public Map<String, String> config = new TreeMap<>();
    public Map<String, Map<String, String>> devices = new TreeMap<>();
    public boolean running;
    public String lastUsedAt = "1970-01-01T00:00:00Z";

    /** What LXC wrote at the last start; empty if there was none. */
    public String lxcLog = "";

    /** The action that an operation is carrying out, null if there is none. */
    @Nullable
    public String busy;

    public Instance(String name, String project, String type) {
        this.name = name;
        this.project = project;
        this.type = type;
    }

    /** Refuses as the server does while another operation runs. */
    public void checkNotBusy(String action) {
        if (busy != null) {
            throw ApiError.internal("Failed to create instance " + action + " operation: Instance is busy running a \""
                    + busy + "\" operation");
        }
    }

    /** The device that is the root disk; empty if there is none. */
    public Map<String, String> root() {
        return devices.values().stream()
                .filter(device -> "disk".equals(device.get("type")) && "/".equals(device.get("path")))
                .findFirst()
                .orElse(Map.of());
    }

    public String status() {
        return running ? "Running" : "Stopped";
    }

    public String etag() {
        return Json.etag(config, devices, profiles, description);
    }

    public JsonObject json() {
        return JsonObject.of("architecture", "x86_64")
                .and("config", config)
                .and("devices", devices)
                .and("ephemeral", false)
                .and("profiles", profiles)
                .and("stateful", false)
                .and("description", description)
                .and("expanded_config", config)
                .and("expanded_devices", devices)
                .and("name", name)
                .and("status", status())
                .and("last_used_at", lastUsedAt)
                .and("location", location)
                .and("type", type)
                .and("project", project);
    }
}
