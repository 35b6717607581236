package io.boshcpi.lxd.provider.image;

import io.boshcpi.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The backup of a custom volume, as LXD and Incus export and import it: the only way over the API to create a block volume
 * with content. It brings the volume's configuration along, so the volume has its marks from its first moment.
 */
public final class VolumeBackup {
    private VolumeBackup() {}

    /** A tar with the description of a block volume and its content. */
    public static byte[] ofBlock(String name, Map<String, String> config, byte[] content) {
        Map<String, Object> volume = new LinkedHashMap<>();
        volume.put("name", name);
        volume.put("type", "custom");
        volume.put("content_type", "block");
        volume.put("description", "");
        volume.put("config", config);
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("name", name);
        index.put("backend", "dir");
        index.put("pool", "default"); // The server puts it into the pool of the request.
        index.put("optimized", false);
        index.put("optimized_header", false);
        index.put("type", "custom");
        index.put("config", Map.of("volume", volume));
        return new SmallTar()
                .add("backup/index.yaml", Json.writeBytes(index)) // JSON is YAML.
                .add("backup/volume.img", content)
                .toBytes();
    }
}
