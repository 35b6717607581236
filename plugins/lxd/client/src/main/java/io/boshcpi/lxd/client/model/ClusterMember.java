package io.boshcpi.lxd.client.model;

import java.util.List;
import java.util.Map;

/**
 * A member of a cluster.
 *
 * @param url its HTTPS address, by which the members reach one another
 * @param status {@code Online}, {@code Offline}, {@code Evacuated} or another state, as the server writes it
 * @param message what the server says about the status
 * @param groups those that it is in, {@code "default"} among them unless an operator took it out
 */
public record ClusterMember(String name, String url, String status, String message, List<String> groups) {
    /** Reads the server's JSON. */
    public static ClusterMember of(Map<String, ?> json) {
        Fields fields = new Fields(json);
        return new ClusterMember(
                fields.text("server_name"),
                fields.text("url"),
                fields.text("status"),
                fields.text("message"),
                fields.texts("groups"));
    }

    /** Whether it works. */
    public boolean isOnline() {
        return status.equals("Online");
    }
}
