package io.boshcpi.core.plugin;

import io.boshcpi.core.log.LogSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The class loader of a plugin that is not bundled.
 *
 * <p>It sees the JDK, what {@link SharedPackages} names of the host, what the plugins that it depends on export, and
 * its own jar. Not the rest of the host, and not the class path, where the bundled plugins lie.
 */
final class IsolatedClassLoader extends URLClassLoader implements LogSource {
    static {
        registerAsParallelCapable();
    }

    /**
     * A plugin that this one depends on.
     *
     * @param id its ID
     * @param exports the packages that it shows
     * @param loader where its classes come from
     */
    record Dependency(String id, List<String> exports, ClassLoader loader) {}

    private final String pluginId;
    private final ClassLoader host;
    private final List<Dependency> dependencies;

    IsolatedClassLoader(String pluginId, URL jar, ClassLoader host, List<Dependency> dependencies) {
        super("plugin " + pluginId, new URL[] {jar}, ClassLoader.getPlatformClassLoader());
        this.pluginId = pluginId;
        this.host = host;
        this.dependencies = dependencies;
    }

    @Override
    public String logName() {
        return pluginId;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (SharedPackages.contain(name)) {
            return host.loadClass(name);
        }
        String packageName = SharedPackages.packageOf(name);
        for (Dependency dependency : dependencies) {
            if (dependency.exports().contains(packageName)) {
                return dependency.loader().loadClass(name);
            }
        }
        try {
            return super.loadClass(name, resolve);
        } catch (ClassNotFoundException e) {
            throw new ClassNotFoundException(name + " (" + notVisible() + ")", e);
        }
    }

    /** The class file that {@link #loadClass} would take; {@code null} if the plugin does not see the class. */
    @Nullable
    InputStream classFile(String name) {
        String file = name.replace('.', '/') + ".class";
        if (!SharedPackages.contain(name)) {
            String packageName = SharedPackages.packageOf(name);
            for (Dependency dependency : dependencies) {
                if (dependency.exports().contains(packageName)) {
                    return dependency.loader().getResourceAsStream(file);
                }
            }
        }
        return getResourceAsStream(file);
    }

    /** The plugins that this one depends on. */
    List<Dependency> dependencies() {
        return dependencies;
    }

    private String notVisible() {
        StringBuilder text = new StringBuilder("the plugin ").append(pluginId).append(" sees its own jar, the SPI");
        if (dependencies.isEmpty()) {
            text.append(", and without Plugin-Dependencies nothing of other plugins");
        }
        for (Dependency dependency : dependencies) {
            for (String exported : dependency.exports()) {
                text.append(", ").append(exported).append(" of the plugin ").append(dependency.id());
            }
        }
        return text.toString();
    }

    /** Resources follow the classes: those of shared libraries lie with the host. */
    @Override
    public @Nullable URL getResource(String name) {
        return isShared(name) ? host.getResource(name) : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return isShared(name) ? host.getResources(name) : super.getResources(name);
    }

    private static boolean isShared(String resource) {
        return SharedPackages.contain(resource.replace('/', '.'));
    }
}
