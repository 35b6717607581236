package io.boshcpi.lxd.client.model;

import java.util.List;
import java.util.Map;

/**
 * A storage pool; pools are shared by all projects.
 *
 * @param driver {@code "dir"}, {@code "btrfs"}, {@code "zfs"}, {@code "lvm"}, {@code "ceph"}, ...
 * @param status {@code "Created"} if all is well
 * @param config empty for clients with a restricted certificate
 * @param locations the members of the cluster that have it; {@code "none"} alone without a cluster
 */
public record StoragePool(
        String name,
        String driver,
        String status,
        Map<String, String> config,
        List<String> locations,
        Map<String, ?> document) {

    /** Reads the server's JSON. */
    public static StoragePool of(Map<String, ?> json) {
        Fields fields = new Fields(json);
        return new StoragePool(
                fields.text("name"),
                fields.text("driver"),
                fields.text("status"),
                fields.config("config"),
                fields.texts("locations"),
                json);
    }

    /** Whether the server is a member of a cluster. */
    public boolean isInCluster() {
        return !locations.isEmpty() && !locations.equals(List.of("none"));
    }
}
