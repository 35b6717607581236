package io.boshcpi.lxd.client.model;

import java.util.List;
import java.util.Map;

/**
 * A container or a virtual machine.
 *
 * @param name unique in its project
 * @param type {@code "container"} or {@code "virtual-machine"}
 * @param status {@code "Running"}, {@code "Stopped"}, {@code "Frozen"} or {@code "Error"}; {@code "Stopped"} also while
 *     it is being created
 * @param location the cluster member that has it; {@code "none"} or empty without a cluster
 * @param config its own configuration, {@code volatile.*} included, without that of its profiles
 * @param devices its own devices by name, without those of its profiles
 * @param profiles in the order in which they apply
 * @param version the ETag to be sent back with a change that must not overwrite another; empty in listings
 * @param document everything that the server told, which a full replacement has to send back
 */
public record Instance(
        String name,
        String type,
        String status,
        String location,
        Map<String, String> config,
        Map<String, Map<String, String>> devices,
        List<String> profiles,
        String version,
        Map<String, ?> document) {

    /** Reads the server's JSON. */
    public static Instance of(Map<String, ?> json, String version) {
        Fields fields = new Fields(json);
        return new Instance(
                fields.text("name"),
                fields.text("type"),
                fields.text("status"),
                fields.text("location"),
                fields.config("config"),
                fields.configs("devices"),
                fields.texts("profiles"),
                version,
                json);
    }

    /** Whether it runs now. */
    public boolean isRunning() {
        return status.equals("Running");
    }

    /** Whether it is stopped; one that is being created is as well. */
    public boolean isStopped() {
        return status.equals("Stopped");
    }

    /** Whether its processes are halted. */
    public boolean isFrozen() {
        return status.equals("Frozen");
    }

    /** Names the instance only: configuration can hold secrets. */
    @Override
    public String toString() {
        return "Instance[" + name + ", " + type + ", " + status + "]";
    }
}
