package io.boshcpi.lxd.client.model;

import java.util.List;
import java.util.Map;

/**
 * A custom volume of a storage pool.
 *
 * @param contentType {@code "filesystem"} or {@code "block"}
 * @param usedBy URLs of what uses it; see {@link #attachedTo()}
 * @param location the cluster member that has it; {@code "none"} or empty without a cluster
 * @param version the ETag; empty in listings
 * @param document everything that the server told
 */
public record Volume(
        String name,
        String contentType,
        String description,
        Map<String, String> config,
        List<String> usedBy,
        String location,
        String version,
        Map<String, ?> document) {

    /** Reads the server's JSON. */
    public static Volume of(Map<String, ?> json, String version) {
        Fields fields = new Fields(json);
        return new Volume(
                fields.text("name"),
                fields.text("content_type"),
                fields.text("description"),
                fields.config("config"),
                fields.texts("used_by"),
                fields.text("location"),
                version,
                json);
    }

    /** The instances that have it as a device. The server itself never refuses a second one. */
    public List<InstanceRef> attachedTo() {
        return InstanceRef.among(usedBy);
    }
}
