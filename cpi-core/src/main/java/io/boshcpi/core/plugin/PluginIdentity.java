package io.boshcpi.core.plugin;

import java.util.ArrayList;
import java.util.List;

/**
 * What a plugin says of itself in its manifest.
 *
 * @param id {@code Plugin-Id}
 * @param version {@code Plugin-Version}, a semantic version
 * @param exportsVersion {@code Plugin-Exports-Version}, the version of the packages that it exports, which is what others
 *     depend on; or the plugin's version
 * @param requires {@code Plugin-Requires}, the versions of the SPI that it works with
 * @param pluginClass {@code Plugin-Class}, or PF4J's own
 * @param dependencies {@code Plugin-Dependencies} as they stand there: {@code id}, {@code id@versions}, {@code id?}
 */
record PluginIdentity(
        String id,
        String version,
        String exportsVersion,
        String requires,
        String pluginClass,
        List<String> dependencies) {
    /** The IDs of the plugins that must be there. */
    List<String> requiredPlugins() {
        List<String> ids = new ArrayList<>();
        for (String dependency : dependencies) {
            int at = dependency.indexOf('@');
            String id = at < 0 ? dependency : dependency.substring(0, at);
            if (!id.endsWith("?")) {
                ids.add(id);
            }
        }
        return ids;
    }
}
