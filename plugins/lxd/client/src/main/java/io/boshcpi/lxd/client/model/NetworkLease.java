package io.boshcpi.lxd.client.model;

import java.util.Map;

/**
 * An address that a managed network has given out.
 *
 * @param type {@code "static"}, {@code "dynamic"} or {@code "gateway"}
 */
public record NetworkLease(String hostname, String mac, String address, String type) {
    /** Reads the server's JSON. */
    public static NetworkLease of(Map<String, ?> json) {
        Fields fields = new Fields(json);
        return new NetworkLease(
                fields.text("hostname"), fields.text("hwaddr"), fields.text("address"), fields.text("type"));
    }
}
