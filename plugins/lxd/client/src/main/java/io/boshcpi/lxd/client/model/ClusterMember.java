package io.boshcpi.lxd.client.model;

import java.util.List;
import java.util.Map;

/**
 * A member of a cluster.
 *
 * @param groups those that it is in, {@code "default"} among them unless an operator took it out
 */
public record ClusterMember(String name, List<String> groups) {
    /** Reads the server's JSON. */
    public static ClusterMember of(Map<String, ?> json) {
        Fields fields = new Fields(json);
        return new ClusterMember(fields.text("server_name"), fields.texts("groups"));
    }
}
