package io.boshcpi.core.plugin;

import org.pf4j.Plugin;
import org.pf4j.PluginFactory;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginWrapper;

/** Makes a plugin's own object; a failure is an exception, and the plugin gets no way to the plugin manager. */
final class LoudPluginFactory implements PluginFactory {
    private final HostPluginManager manager;

    LoudPluginFactory(HostPluginManager manager) {
        this.manager = manager;
    }

    @Override
    public Plugin create(PluginWrapper plugin) {
        String className = plugin.getDescriptor().getPluginClass();
        if (className.equals(Plugin.class.getName())) {
            return new Plugin();
        }
        PluginDoor door = manager.door(plugin.getPluginId());
        ClassLoader loader = manager.getPluginClassLoader(plugin.getPluginId());
        return door == null ? make(loader, className) : new Guarded(door, door.enter(new Making(loader, className)));
    }

    private static Plugin make(ClassLoader loader, String className) {
        try {
            return (Plugin) loader.loadClass(className).getConstructor().newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new PluginRuntimeException(
                    e,
                    "its Plugin-Class {} is not a public subclass of org.pf4j.Plugin"
                            + " with a public constructor that takes nothing and succeeds",
                    className);
        }
    }

    /** The constructor of a {@code Plugin-Class}. */
    private static final class Making implements PluginDoor.Visit<Plugin, RuntimeException> {
        private final ClassLoader loader;
        private final String className;

        Making(ClassLoader loader, String className) {
            this.loader = loader;
            this.className = className;
        }

        @Override
        public Plugin run() {
            return make(loader, className);
        }

        @Override
        public String place() {
            return "the constructor of " + className;
        }
    }

    /** Starts and stops a plugin's own object behind its door. */
    private static final class Guarded extends Plugin {
        private final PluginDoor door;
        private final Plugin plugin;

        Guarded(PluginDoor door, Plugin plugin) {
            this.door = door;
            this.plugin = plugin;
        }

        @Override
        public void start() {
            door.enter(new PluginDoor.Visit<Plugin, RuntimeException>() {
                @Override
                public Plugin run() {
                    plugin.start();
                    return plugin;
                }

                @Override
                public String place() {
                    return plugin.getClass().getName() + ".start";
                }
            });
        }

        @Override
        public void stop() {
            door.enter(new PluginDoor.Visit<Plugin, RuntimeException>() {
                @Override
                public Plugin run() {
                    plugin.stop();
                    return plugin;
                }

                @Override
                public String place() {
                    return plugin.getClass().getName() + ".stop";
                }
            });
        }
    }
}
