package io.boshcpi.core.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A loaded plugin as people want to see it.
 *
 * @param id the plugin's ID
 * @param version its version
 * @param exportsVersion the version of what it exports to plugins that depend on it
 * @param file where it was loaded from
 * @param bundled whether it is the file that the distribution was packaged with
 * @param requires the versions of the SPI that it works with
 * @param dependencies the plugins that it depends on
 * @param extensions extension point to the classes that implement it
 */
public record PluginReport(
        String id,
        String version,
        String exportsVersion,
        Path file,
        boolean bundled,
        String requires,
        List<String> dependencies,
        Map<String, List<String>> extensions) {
    static PluginReport of(PluginSpec spec, boolean bundled) {
        Map<String, List<String>> extensions = new TreeMap<>();
        for (ExtensionSpec extension : spec.extensions()) {
            for (String point : extension.points()) {
                extensions.computeIfAbsent(point, key -> new ArrayList<>()).add(extension.className());
            }
        }
        PluginIdentity identity = spec.identity();
        return new PluginReport(
                identity.id(),
                identity.version(),
                identity.exportsVersion(),
                spec.file().path().toAbsolutePath(),
                bundled,
                identity.requires(),
                identity.dependencies(),
                extensions);
    }
}
