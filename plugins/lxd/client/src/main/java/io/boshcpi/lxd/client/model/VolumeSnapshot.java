package io.boshcpi.lxd.client.model;

import java.util.Map;

/**
 * A snapshot of a custom volume.
 *
 * @param volume the volume's name
 * @param name of the snapshot, without the volume's
 */
public record VolumeSnapshot(String volume, String name, String description, Map<String, String> config) {
    /** Reads the server's JSON, in which the name is {@code VOLUME/SNAPSHOT} in listings. */
    public static VolumeSnapshot of(String volume, Map<String, ?> json) {
        Fields fields = new Fields(json);
        String name = fields.text("name");
        return new VolumeSnapshot(
                volume, name.substring(name.lastIndexOf('/') + 1), fields.text("description"), fields.config("config"));
    }
}
