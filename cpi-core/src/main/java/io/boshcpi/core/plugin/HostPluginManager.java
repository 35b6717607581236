package io.boshcpi.core.plugin;

import java.net.MalformedURLException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pf4j.AbstractPluginManager;
import org.pf4j.DefaultExtensionFactory;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.DefaultVersionManager;
import org.pf4j.DependencyResolver;
import org.pf4j.ExtensionFactory;
import org.pf4j.ExtensionFinder;
import org.pf4j.ExtensionWrapper;
import org.pf4j.PluginDependency;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginStatusProvider;
import org.pf4j.PluginWrapper;
import org.pf4j.RuntimeMode;
import org.pf4j.VersionManager;

/**
 * PF4J's plugin manager over what the {@link PluginCatalog} found.
 *
 * <p>PF4J does: the extension index that its annotation processor writes into each plugin, the order of loading by
 * dependencies, the check of the versions that plugins depend on, the life cycle (load, start, stop), and making and keeping
 * extensions.
 *
 * <p>Ours are, each for a reason that PF4J's hooks leave to its user:
 *
 * <ul>
 *   <li>the catalog and the index ({@link PluginCatalog}, {@link PluginIndex}, {@link PluginJar}): PF4J opens every jar at
 *       each start, which takes a cold call longer than everything else it does, and passes over most faults in silence;
 *   <li>{@link SpecExtensionFinder}: PF4J's finder loads every extension class of every plugin for each look-up;
 *   <li>{@link IsolatedClassLoader}: PF4J's class loader shows a plugin the whole host, and all of the plugins it depends on;
 *   <li>{@link PluginDoor}: what a plugin throws, PF4J hands to whoever asked for its extension;
 *   <li>{@link ExtensionCheck}: a plugin that would fail when it is used is refused when it is loaded.
 * </ul>
 */
final class HostPluginManager extends AbstractPluginManager {
    private final ClassLoader host;
    private final PluginCatalog catalog;
    private final Map<String, PluginSpec> byId = new TreeMap<>();
    private final Map<String, PluginDoor> doors = new TreeMap<>();

    /** Those of bundled plugins that are not on the class path, made when they are asked for. */
    private final Map<String, ClassLoader> apart = new HashMap<>();

    /**
     * A manager that has loaded nothing yet.
     *
     * @param folder the distribution's folder of plugins
     * @param host the class loader of the host, in which the bundled plugins of the default provider live too
     */
    HostPluginManager(Path folder, ClassLoader host, PluginCatalog catalog) {
        super(folder);
        this.host = host;
        this.catalog = catalog;
        for (PluginSpec spec : catalog.plugins()) {
            byId.put(spec.id(), spec);
        }
    }

    /** What is known about the plugins, by ID. */
    Map<String, PluginSpec> specs() {
        return byId;
    }

    /** The door to a plugin; {@code null} if it is bundled. */
    @Nullable
    PluginDoor door(String pluginId) {
        return doors.get(pluginId);
    }

    @Override
    public void loadPlugins() {
        for (PluginSpec spec : new ArrayList<>(byId.values())) {
            loadWithDependencies(spec);
        }
        resolvePlugins();
    }

    /** A class loader wants to know those of the plugins that it depends on. The catalog has excluded cycles. */
    private void loadWithDependencies(PluginSpec spec) {
        if (getPlugin(spec.id()) == null) {
            for (String dependency : spec.identity().requiredPlugins()) {
                loadWithDependencies(spec(dependency));
            }
            loadPluginFromPath(spec.file().path());
        }
    }

    @Override
    protected DependencyResolver.Result resolveDependencies() {
        List<PluginDescriptor> descriptors = new ArrayList<>();
        for (PluginWrapper plugin : plugins.values()) {
            descriptors.add(plugin.getDescriptor());
        }
        return dependencyResolver.resolve(descriptors); // The catalog has dealt with cycles and with what is missing.
    }

    /** The versions of other plugins that a plugin needs and that are not there; empty if all is well. */
    List<DependencyResolver.WrongDependencyVersion> wrongVersions() {
        return resolveDependencies().getWrongVersionDependencies();
    }

    /** The extensions of a type that one plugin brings; PF4J's public method would pass over one that fails. */
    <T> List<ExtensionWrapper<T>> extensions(Class<T> type, String pluginId) {
        return extensionFinder.find(type, pluginId);
    }

    private PluginSpec spec(String id) {
        PluginSpec spec = byId.get(id);
        if (spec == null) {
            throw new PluginRuntimeException("There is no plugin {}", id);
        }
        return spec;
    }

    private PluginSpec spec(Path path) {
        for (PluginSpec spec : byId.values()) {
            if (spec.file().path().equals(path)) {
                return spec;
            }
        }
        throw new PluginRuntimeException("There is no plugin in {}", path);
    }

    @Override
    public synchronized ClassLoader getPluginClassLoader(String pluginId) {
        PluginSpec spec = spec(pluginId);
        if (!catalog.isBundled(spec) || catalog.isOnClassPath(spec)) {
            return super.getPluginClassLoader(pluginId);
        }
        ClassLoader loader = apart.get(pluginId);
        if (loader == null) {
            loader = isolated(spec);
            apart.put(pluginId, loader);
        }
        return loader;
    }

    private ClassLoader isolated(PluginSpec spec) {
        List<IsolatedClassLoader.Dependency> dependencies = new ArrayList<>();
        for (String id : spec.identity().requiredPlugins()) {
            dependencies.add(new IsolatedClassLoader.Dependency(id, spec(id).exports(), getPluginClassLoader(id)));
        }
        try {
            return new IsolatedClassLoader(spec.id(), spec.file().path().toUri().toURL(), host, dependencies);
        } catch (MalformedURLException e) {
            throw new PluginRuntimeException(e, "{} has no URL", spec.file().path());
        }
    }

    @Override
    public RuntimeMode getRuntimeMode() {
        return RuntimeMode.DEPLOYMENT;
    }

    /** The catalog lets nothing pass that requires another version of the SPI. */
    @Override
    protected boolean isPluginValid(PluginWrapper plugin) {
        return true;
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new Lookup();
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new Lookup();
    }

    @Override
    protected PluginRepository createPluginRepository() {
        return new Lookup();
    }

    @Override
    protected PluginStatusProvider createPluginStatusProvider() {
        return new Lookup();
    }

    @Override
    protected PluginFactory createPluginFactory() {
        return new LoudPluginFactory(this);
    }

    @Override
    protected ExtensionFactory createExtensionFactory() {
        return new DefaultExtensionFactory();
    }

    @Override
    protected ExtensionFinder createExtensionFinder() {
        return new SpecExtensionFinder(this);
    }

    @Override
    protected VersionManager createVersionManager() {
        return new ReleaseVersions();
    }

    /**
     * Takes a version before its release for that release, as its author does who tries it: a range such as {@code >=1.0}
     * leaves 1.0.0-SNAPSHOT out by the rules of semantic versions.
     */
    private static final class ReleaseVersions extends DefaultVersionManager {
        @Override
        public boolean checkVersionConstraint(String version, String constraint) {
            int preRelease = version.indexOf('-');
            return super.checkVersionConstraint(
                    preRelease < 0 ? version : version.substring(0, preRelease), constraint);
        }
    }

    /** Answers PF4J's questions from the specs. */
    private final class Lookup implements PluginDescriptorFinder, PluginLoader, PluginRepository, PluginStatusProvider {
        @Override
        public boolean isApplicable(Path path) {
            return true;
        }

        @Override
        public PluginDescriptor find(Path path) {
            PluginIdentity identity = spec(path).identity();
            DefaultPluginDescriptor descriptor = new DefaultPluginDescriptor(
                    identity.id(), "", identity.pluginClass(), identity.exportsVersion(), identity.requires(), "", "");
            // Packaging has checked the versions of bundled plugins; reading ranges again would cost each call 60
            // classes.
            boolean checked = catalog.isBundled(spec(path));
            for (String dependency : checked ? identity.requiredPlugins() : identity.dependencies()) {
                descriptor.addDependency(new PluginDependency(dependency));
            }
            return descriptor;
        }

        @Override
        public ClassLoader loadPlugin(Path path, PluginDescriptor descriptor) {
            PluginSpec spec = spec(path);
            if (catalog.isBundled(spec)) {
                return host; // Or the one that getPluginClassLoader makes.
            }
            ClassLoader loader = isolated(spec);
            doors.put(spec.id(), new PluginDoor(spec, loader));
            return loader;
        }

        @Override
        public List<Path> getPluginPaths() {
            List<Path> paths = new ArrayList<>();
            for (PluginSpec spec : byId.values()) {
                paths.add(spec.file().path());
            }
            return paths;
        }

        @Override
        public boolean deletePluginPath(Path path) {
            return false; // The files are the operator's.
        }

        @Override
        public boolean isPluginDisabled(String pluginId) {
            return false; // A plugin is taken out by removing its file.
        }

        @Override
        public void disablePlugin(String pluginId) {
            throw new PluginRuntimeException("A plugin is taken out by removing its file");
        }

        @Override
        public void enablePlugin(String pluginId) {
            // None is disabled.
        }
    }
}
