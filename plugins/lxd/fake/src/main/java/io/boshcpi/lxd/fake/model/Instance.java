package io.boshcpi.lxd.fake.model;

import io.boshcpi.lxd.fake.guest.Guest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A container or virtual machine. Guarded by the lock of {@link State}. */
public final class Instance {
    /** What an instance is doing, with the code of the API. */
    public enum Status {
        STOPPED("Stopped", 102),
        RUNNING("Running", 103);

        public final String title;
        public final int code;

        Status(String title, int code) {
            this.title = title;
            this.code = code;
        }
    }

    public final String name;
    public final String project;
    public final boolean container;
    public final String createdAt;
    public String description = "";
    public List<String> profiles = List.of();
    public Map<String, String> config = new TreeMap<>();
    public Map<String, Map<String, String>> devices = new TreeMap<>();
    public Status status = Status.STOPPED;
    /** What LXC wrote at the last start; empty if there was none. */
    public String lxcLog = "";

    public String lastUsedAt = "1970-01-01T00:00:00Z";

    /** The action that an operation is carrying out, null if there is none. */
    @Nullable
    public String busy;

    public Guest guest = new Guest();

    public Instance(String name, String project, boolean container, String createdAt) {
        this.name = name;
        this.project = project;
        this.container = container;
        this.createdAt = createdAt;
    }

    public boolean isRunning() {
        return status == Status.RUNNING;
    }

    /** Marks the instance as busy or refuses as the server does while another operation runs. */
    public void begin(String action) {
        checkNotBusy(action);
        busy = action;
    }

    /** A running command hinders no update, and LXD lets one through during a start. */
    public void checkUpdatable(Dialect dialect) {
        if (!("start".equals(busy) && dialect.runsWhileStarting())) {
            checkNotBusy("update");
        }
    }

    public void checkNotBusy(String action) {
        if (busy != null) {
            throw ApiError.internal("Failed to create instance " + action + " operation: Instance is busy running a \""
                    + busy + "\" operation");
        }
    }

    public void idle() {
        busy = null;
    }

    public String type() {
        return container ? "container" : "virtual-machine";
    }

    public String etag() {
        return Json.etag(config, devices, profiles, description);
    }

    public Map<String, Object> json() {
        return JsonObject.of("architecture", "x86_64")
                .and("config", config)
                .and("devices", devices)
                .and("ephemeral", false)
                .and("profiles", profiles)
                .and("stateful", false)
                .and("description", description)
                .and("created_at", createdAt)
                .and("expanded_config", config)
                .and("expanded_devices", devices)
                .and("name", name)
                .and("status", status.title)
                .and("status_code", status.code)
                .and("last_used_at", lastUsedAt)
                .and("location", "none")
                .and("type", type())
                .and("project", project);
    }
}
