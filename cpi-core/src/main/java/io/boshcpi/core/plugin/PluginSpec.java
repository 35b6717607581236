package io.boshcpi.core.plugin;

import java.util.List;

/**
 * Everything that is known about a plugin without loading it.
 *
 * @param identity what it says of itself
 * @param file its jar
 * @param exports the packages that plugins which depend on it may see ({@code Plugin-Exports})
 * @param extensions the extensions that its index lists
 * @param providers the providers among them; empty until the classes are inspected
 */
record PluginSpec(
        PluginIdentity identity,
        PluginFile file,
        List<String> exports,
        List<ExtensionSpec> extensions,
        List<ProviderSpec> providers) {
    /** The plugin's ID. */
    String id() {
        return identity.id();
    }

    /** Where one of its classes comes from, for messages: an operator can take the file out. */
    String origin(String className) {
        return className + " of the plugin " + id() + " (" + file.path().toAbsolutePath() + ")";
    }

    /** The same plugin after its classes were looked at. */
    PluginSpec resolved(List<ExtensionSpec> extensions, List<ProviderSpec> providers) {
        return new PluginSpec(identity, file, exports, extensions, providers);
    }

    /** The same plugin in another place. */
    PluginSpec at(PluginFile place) {
        return new PluginSpec(identity, place, exports, extensions, providers);
    }
}
