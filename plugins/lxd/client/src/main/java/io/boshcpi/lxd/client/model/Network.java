package io.boshcpi.lxd.client.model;

import java.util.List;
import java.util.Map;

/**
 * A network that the server manages, or an interface of the server that it only knows of.
 *
 * @param type {@code "bridge"}, {@code "ovn"}, {@code "macvlan"}, {@code "physical"}, ...
 * @param config empty for clients with a restricted certificate
 * @param usedBy URLs of what uses it
 */
public record Network(
        String name,
        String type,
        boolean managed,
        String status,
        Map<String, String> config,
        List<String> usedBy,
        Map<String, ?> document) {

    /** Reads the server's JSON. */
    public static Network of(Map<String, ?> json) {
        Fields fields = new Fields(json);
        return new Network(
                fields.text("name"),
                fields.text("type"),
                fields.flag("managed"),
                fields.text("status"),
                fields.config("config"),
                fields.texts("used_by"),
                json);
    }
}
