package io.boshcpi.core.plugin;

/**
 * Something that an author should know about a plugin.
 *
 * @param isError whether the plugin is not usable because of it; otherwise it may be wrong, and may be meant
 * @param text what is wrong and what would be right, to be read after the name of the plugin's file
 */
public record PluginFinding(boolean isError, String text) {
    static PluginFinding error(String text) {
        return new PluginFinding(true, text);
    }

    static PluginFinding warning(String text) {
        return new PluginFinding(false, text);
    }
}
