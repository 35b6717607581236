package io.boshcpi.core.plugin;

import io.boshcpi.core.installation.Distribution;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.ProviderFactory;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pf4j.DependencyResolver;
import org.pf4j.ExtensionPoint;
import org.pf4j.ExtensionWrapper;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginState;
import org.pf4j.PluginWrapper;

/**
 * The loaded plugins.
 *
 * <p>One that cannot be used is never passed over: it is among the {@link #problems}, and {@link #start} fails with
 * all of them.
 */
public final class PluginHost implements AutoCloseable {
    private final PluginCatalog catalog;
    private final HostPluginManager manager;
    private final List<PluginProblem> problems;
    private final Map<String, String> pluginOfProvider = new LinkedHashMap<>();

    private PluginHost(PluginCatalog catalog, HostPluginManager manager) {
        this.catalog = catalog;
        this.manager = manager;
        this.problems = new ArrayList<>(catalog.problems());
    }

    /**
     * Loads and starts all plugins.
     *
     * @throws CpiException that names each file that cannot be used, with the reason
     */
    public static PluginHost start(Distribution distribution, PluginCatalog catalog) {
        requireNone(catalog.problems());
        PluginHost host = inspect(distribution, catalog);
        if (!host.problems.isEmpty()) {
            host.close();
            requireNone(host.problems);
        }
        return host;
    }

    /** Loads and starts what can be; {@link #problems} has the rest. */
    public static PluginHost inspect(Distribution distribution, PluginCatalog catalog) {
        HostPluginManager manager =
                new HostPluginManager(distribution.plugins(), PluginHost.class.getClassLoader(), catalog);
        PluginHost host = new PluginHost(catalog, manager);
        manager.loadPlugins();
        host.checkVersions();
        host.resolveClasses();
        manager.startPlugins();
        host.checkStarted();
        host.collectProviders();
        return host;
    }

    /** Fails if there is a problem. */
    public static void requireNone(List<PluginProblem> problems) {
        if (problems.isEmpty()) {
            return;
        }
        StringBuilder message = new StringBuilder("Some plugins cannot be used: ");
        for (int i = 0; i < problems.size(); i++) {
            message.append(i == 0 ? "" : "; ").append(problems.get(i));
        }
        throw new CpiException(ErrorType.CPI_ERROR, message.toString());
    }

    private void checkVersions() {
        for (DependencyResolver.WrongDependencyVersion wrong : manager.wrongVersions()) {
            problems.add(new PluginProblem(
                    path(wrong.getDependentId()),
                    "needs version " + wrong.getRequiredVersion() + " of the plugin " + wrong.getDependencyId()
                            + ", but that has " + wrong.getExistingVersion()));
        }
    }

    /** What the index tells of bundled plugins has to be found out about others. */
    private void resolveClasses() {
        for (PluginSpec spec : new ArrayList<>(manager.specs().values())) {
            PluginDoor door = manager.door(spec.id());
            if (door != null) {
                try {
                    ClassLoader loader = manager.getPluginClassLoader(spec.id());
                    manager.specs().put(spec.id(), door.enter(new ExtensionCheck(spec, loader)));
                } catch (PluginTimeout e) {
                    door.logTrace(e.reason(), e);
                    problems.add(new PluginProblem(spec.file().path(), e.reason()));
                } catch (PluginProblem.Found e) {
                    if (e.getCause() != null) {
                        door.logTrace(String.valueOf(e.getMessage()), e.getCause());
                    }
                    problems.add(e.in(spec.file().path()));
                }
            }
        }
    }

    private void checkStarted() {
        for (PluginWrapper plugin : manager.getPlugins()) {
            if (plugin.getPluginState() != PluginState.STARTED) {
                Throwable failure = plugin.getFailedException();
                String reason = failure instanceof PluginTimeout timeout
                        ? timeout.reason()
                        : "cannot be started: " + ExtensionCheck.chain(failure);
                PluginDoor door = manager.door(plugin.getPluginId());
                if (door != null && failure != null) {
                    door.logTrace(reason, failure);
                }
                problems.add(new PluginProblem(plugin.getPluginPath(), reason));
            }
        }
    }

    private void collectProviders() {
        for (PluginSpec spec : manager.specs().values()) {
            for (ProviderSpec provider : spec.providers()) {
                String other = pluginOfProvider.putIfAbsent(provider.name(), spec.id());
                if (other != null) {
                    problems.add(new PluginProblem(
                            spec.file().path(),
                            "brings a provider with the name " + provider.name() + " like "
                                    + path(other).toAbsolutePath()));
                }
            }
        }
    }

    private Path path(String pluginId) {
        return manager.getPlugin(pluginId).getPluginPath();
    }

    /** What cannot be used, and why. */
    public List<PluginProblem> problems() {
        return problems;
    }

    /** The providers by name. */
    public Map<String, ProviderSpec> providers() {
        Map<String, ProviderSpec> providers = new LinkedHashMap<>();
        for (PluginSpec spec : manager.specs().values()) {
            for (ProviderSpec provider : spec.providers()) {
                providers.put(provider.name(), provider);
            }
        }
        return providers;
    }

    /** The factory of a provider. */
    public ProviderFactory<?> factory(String provider) {
        String pluginId = String.valueOf(pluginOfProvider.get(provider));
        for (ProviderFactory<?> factory : make(ProviderFactory.class, pluginId)) {
            if (factory.name().equals(provider)) {
                return factory;
            }
        }
        throw new IllegalStateException("No plugin brings the provider " + provider);
    }

    /** What is wrong between sub-plugins, by the words of their providers; empty if all is well. */
    public List<String> conflicts() {
        List<String> conflicts = new ArrayList<>();
        for (String provider : providers().keySet()) {
            try {
                conflicts.addAll(factory(provider).conflicts(new HostContext(this, provider)));
            } catch (CpiException e) {
                conflicts.add(e.getMessage());
            }
        }
        return conflicts;
    }

    /**
     * What of the plugins would fail when it runs, since something that it uses is not there. Bundled plugins are checked
     * when the distribution is packaged. Takes long: for people's commands.
     */
    public List<PluginProblem> linkage() {
        List<PluginProblem> problems = new ArrayList<>();
        for (PluginSpec spec : manager.specs().values()) {
            for (PluginFinding finding : linkage(spec)) {
                if (finding.isError()) {
                    problems.add(new PluginProblem(spec.file().path(), finding.text()));
                }
            }
        }
        return problems;
    }

    /** What of one plugin would fail when it runs, or might. */
    List<PluginFinding> linkage(PluginSpec spec) {
        PluginDoor door = manager.door(spec.id());
        if (door == null || !(door.loader() instanceof IsolatedClassLoader loader)) {
            return List.of();
        }
        try {
            return new LinkageCheck(spec, loader, PluginHost.class.getClassLoader(), manager.specs()).findings();
        } catch (PluginProblem.Found e) {
            return List.of(PluginFinding.error(String.valueOf(e.getMessage())));
        }
    }

    /** The extensions of a type that a provider's plugin and those that depend on it bring, by the plugins' IDs. */
    public <E extends ExtensionPoint> List<E> extensions(Class<E> type, String provider) {
        String owner = String.valueOf(pluginOfProvider.get(provider));
        List<E> extensions = new ArrayList<>();
        for (PluginSpec spec : manager.specs().values()) {
            if (dependsOn(spec, owner)) {
                extensions.addAll(make(type, spec.id()));
            }
        }
        return List.copyOf(extensions);
    }

    private boolean dependsOn(PluginSpec spec, String pluginId) {
        if (spec.id().equals(pluginId)) {
            return true;
        }
        for (String dependency : spec.identity().requiredPlugins()) {
            PluginSpec next = manager.specs().get(dependency);
            if (next != null && dependsOn(next, pluginId)) {
                return true;
            }
        }
        return false;
    }

    /** The extensions of a type that one plugin brings. */
    <E> List<E> make(Class<E> type, String pluginId) {
        PluginDoor door = manager.door(pluginId);
        List<E> made = new ArrayList<>();
        String className = type.getName();
        try {
            for (ExtensionWrapper<E> extension : manager.extensions(type, pluginId)) {
                className = extension.getDescriptor().extensionClass.getName();
                made.add(door == null ? type.cast(extension.getExtension()) : door.extension(type, extension));
            }
            return made;
        } catch (PluginRuntimeException | LinkageError | ClassCastException e) {
            String what = "cannot make the extension " + className + ": " + ExtensionCheck.chain(e);
            if (door != null) {
                throw door.fault(what, e);
            }
            throw new CpiException(
                    ErrorType.CPI_ERROR,
                    "The plugin " + pluginId + " (" + path(pluginId).toAbsolutePath() + ") " + what,
                    e);
        }
    }

    /** Where an extension comes from, for messages: its class, its plugin and the file, which an operator can take out. */
    String origin(Object extension) {
        String className = extension.getClass().getName();
        for (PluginSpec spec : manager.specs().values()) {
            for (ExtensionSpec known : spec.extensions()) {
                if (known.className().equals(className)) {
                    return spec.origin(className);
                }
            }
        }
        return extension.toString(); // A stand-in says it itself.
    }

    /** The ID of the plugin that an extension comes from. */
    public String pluginOf(Object extension) {
        if (Proxy.isProxyClass(extension.getClass())
                && Proxy.getInvocationHandler(extension) instanceof GuardedObject guarded) {
            return guarded.pluginId();
        }
        String className = extension.getClass().getName();
        for (PluginSpec spec : manager.specs().values()) {
            for (ExtensionSpec known : spec.extensions()) {
                if (known.className().equals(className)) {
                    return spec.id();
                }
            }
        }
        throw new IllegalArgumentException(className + " is no extension of a plugin");
    }

    /** A plugin's class loader. */
    ClassLoader loader(PluginSpec plugin) {
        return manager.getPluginClassLoader(plugin.id());
    }

    /** All that is known about the loaded plugins, by their IDs. */
    List<PluginSpec> specs() {
        return List.copyOf(manager.specs().values());
    }

    /** The loaded plugins, for people. */
    public List<PluginReport> report() {
        List<PluginReport> reports = new ArrayList<>();
        for (PluginSpec spec : manager.specs().values()) {
            reports.add(PluginReport.of(spec, catalog.isBundled(spec)));
        }
        return reports;
    }

    /**
     * Stops the plugins, one by one: PF4J's own loop over all of them fails on the second (3.15.0). One that cannot be
     * stopped is logged: what it was needed for is done.
     */
    @Override
    public void close() {
        for (PluginWrapper plugin : List.copyOf(manager.getStartedPlugins())) {
            try {
                manager.stopPlugin(plugin.getPluginId());
            } catch (RuntimeException | LinkageError e) {
                PluginDoor door = manager.door(plugin.getPluginId());
                if (door == null) {
                    throw e;
                }
                door.logTrace("cannot be stopped: " + ExtensionCheck.chain(e), e);
            }
        }
    }
}
