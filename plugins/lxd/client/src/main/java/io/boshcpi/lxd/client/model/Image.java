package io.boshcpi.lxd.client.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * An image in a project.
 *
 * @param fingerprint the SHA-256 of its content, 64 hexadecimal digits
 * @param type {@code "container"} or {@code "virtual-machine"}
 * @param bytes its size as uploaded
 * @param properties what its creator noted; an instance made from it has each as {@code image.KEY}
 * @param aliases the names that its project has for it
 * @param version the ETag; empty in listings
 * @param document everything that the server told
 */
public record Image(
        String fingerprint,
        String type,
        String architecture,
        long bytes,
        Map<String, String> properties,
        List<String> aliases,
        String version,
        Map<String, ?> document) {

    /** Reads the server's JSON. */
    public static Image of(Map<String, ?> json, String version) {
        Fields fields = new Fields(json);
        return new Image(
                fields.text("fingerprint"),
                fields.text("type"),
                fields.text("architecture"),
                fields.number("size"),
                fields.config("properties"),
                aliases(fields),
                version,
                json);
    }

    private static List<String> aliases(Fields fields) {
        List<String> names = new ArrayList<>();
        for (Map<String, ?> alias : fields.objects("aliases")) {
            names.add(new Fields(alias).text("name"));
        }
        return Collections.unmodifiableList(names);
    }
}
