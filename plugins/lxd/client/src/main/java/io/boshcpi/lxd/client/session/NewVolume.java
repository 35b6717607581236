package io.boshcpi.lxd.client.session;

import io.boshcpi.lxd.client.engine.Names;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A custom volume to be created.
 *
 * @param name unique in project and pool
 * @param contentType {@code "filesystem"}, or {@code "block"}, which only virtual machines can use
 * @param config such as {@code size}; the server rejects keys of another storage driver
 * @param target the cluster member to put it on, or null
 */
public record NewVolume(
        String name,
        String contentType,
        String description,
        Map<String, String> config,
        @Nullable String target) {
    /** Takes a copy of the configuration. */
    public NewVolume {
        Names.check("volume", name);
        config = Map.copyOf(config);
    }

    /** A file system volume. */
    public static NewVolume filesystem(String name, Map<String, String> config) {
        return new NewVolume(name, "filesystem", "", config, null);
    }
}
