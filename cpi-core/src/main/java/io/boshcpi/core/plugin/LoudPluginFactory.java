package io.boshcpi.core.plugin;

import org.pf4j.Plugin;
import org.pf4j.PluginFactory;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginWrapper;

/** Makes a plugin's own object; a failure is an exception, and the plugin gets no way to the plugin manager. */
final class LoudPluginFactory implements PluginFactory {
    @Override
    public Plugin create(PluginWrapper plugin) {
        String className = plugin.getDescriptor().getPluginClass();
        if (className.equals(Plugin.class.getName())) {
            return new Plugin();
        }
        try {
            return (Plugin) plugin.getPluginClassLoader()
                    .loadClass(className)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new PluginRuntimeException(
                    e,
                    "its Plugin-Class {} is not a public subclass of org.pf4j.Plugin"
                            + " with a public constructor that takes nothing and succeeds",
                    className);
        }
    }
}
