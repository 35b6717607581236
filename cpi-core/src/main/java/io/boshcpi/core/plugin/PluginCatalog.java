package io.boshcpi.core.plugin;

import io.boshcpi.core.installation.Distribution;
import io.boshcpi.core.log.OperatorText;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The plugins that lie in the folders, before any of them is loaded.
 *
 * <p>A plugin is <em>bundled</em> if its file is the one that the distribution was packaged with, and so are those of
 * all plugins that it depends on. Bundled plugins are known from the index. Those of the default provider live in the
 * host's class loader; bundled ones of other providers have class loaders of their own, so that their jars, which are not on
 * the class path, cost a call nothing that does not want them. All others are opened and isolated.
 */
public final class PluginCatalog {
    private final Map<String, PluginSpec> byId = new TreeMap<>();
    private final Set<String> bundled = new LinkedHashSet<>();
    private final List<PluginProblem> problems = new ArrayList<>();
    private final String defaultProvider;

    private PluginCatalog(String defaultProvider) {
        this.defaultProvider = defaultProvider;
    }

    /**
     * Looks into the folders.
     *
     * @param distribution whose plugins come first
     * @param moreFolders other folders with plugins
     */
    public static PluginCatalog read(Distribution distribution, List<Path> moreFolders) {
        PluginIndex index = PluginIndex.read(distribution.pluginIndex());
        PluginCatalog catalog = new PluginCatalog(index.defaultProvider());
        for (Path file : catalog.files(distribution.plugins())) {
            catalog.add(file, index);
        }
        for (Path folder : moreFolders) {
            for (Path file : catalog.files(folder)) {
                catalog.add(file, PluginIndex.EMPTY);
            }
        }
        catalog.check();
        return catalog;
    }

    /**
     * What there would be with one more plugin, in place of that with its ID.
     *
     * @param installed what there is
     */
    static PluginCatalog with(PluginSpec plugin, PluginCatalog installed) {
        PluginCatalog catalog = new PluginCatalog(installed.defaultProvider);
        catalog.byId.putAll(installed.byId);
        catalog.bundled.addAll(installed.bundled);
        catalog.problems.addAll(installed.problems);
        catalog.byId.put(plugin.id(), plugin);
        catalog.bundled.remove(plugin.id());
        catalog.check();
        return catalog;
    }

    private void check() {
        checkDependencies();
        checkCycles();
        checkDependencies(); // of what the cycles took out
    }

    /** The files of a folder by name, without those that are hidden. */
    private List<Path> files(Path folder) {
        Map<String, Path> files = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (!name.startsWith(".")) {
                    files.put(name, entry);
                }
            }
        } catch (NoSuchFileException e) {
            problems.add(new PluginProblem(folder, "does not exist, but is to be searched for plugins (plugin_dirs)"));
        } catch (IOException e) {
            problems.add(
                    new PluginProblem(folder, "cannot be read as a folder of plugins (" + OperatorText.of(e) + ")"));
        }
        return new ArrayList<>(files.values());
    }

    private void add(Path path, PluginIndex index) {
        try {
            PluginSpec indexed = index.find(path);
            PluginSpec spec = indexed == null ? PluginJar.read(path) : indexed;
            PluginSpec before = byId.putIfAbsent(spec.id(), spec);
            if (before != null) {
                throw new PluginProblem.Found("has the Plugin-Id " + spec.id() + " like "
                        + before.file().path().toAbsolutePath());
            }
            if (indexed != null) {
                bundled.add(spec.id());
            }
        } catch (IOException e) {
            problems.add(new PluginProblem(path, "cannot be read (" + OperatorText.of(e) + ")"));
        } catch (PluginProblem.Found e) {
            problems.add(e.in(path));
        }
    }

    /** Takes out what lacks a plugin that it depends on, until nothing more falls out. */
    private void checkDependencies() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (PluginSpec spec : new ArrayList<>(byId.values())) {
                for (String dependency : spec.identity().requiredPlugins()) {
                    if (!byId.containsKey(dependency)) {
                        remove(
                                spec,
                                "needs the plugin " + dependency
                                        + ", which is not there or cannot be used; drop it in, too");
                        changed = true;
                    } else if (!bundled.contains(dependency)) {
                        changed |= bundled.remove(spec.id());
                    }
                }
            }
        }
    }

    private void checkCycles() {
        Set<String> done = new LinkedHashSet<>();
        for (PluginSpec spec : new ArrayList<>(byId.values())) {
            checkCycle(spec, new LinkedHashSet<>(), done);
        }
    }

    private void checkCycle(PluginSpec spec, Set<String> way, Set<String> done) {
        if (!way.add(spec.id())) {
            remove(spec, "depends on itself: " + String.join(" needs ", way) + " needs " + spec.id());
            return;
        }
        if (done.add(spec.id())) {
            for (String dependency : spec.identity().requiredPlugins()) {
                PluginSpec next = byId.get(dependency);
                if (next != null) {
                    checkCycle(next, way, done);
                }
            }
        }
        way.remove(spec.id());
    }

    private void remove(PluginSpec spec, String reason) {
        bundled.remove(spec.id());
        if (byId.remove(spec.id()) != null) {
            problems.add(new PluginProblem(spec.file().path(), reason));
        }
    }

    /** Whether every file is one that the distribution was packaged with, so that the index tells all. */
    public boolean isAsPackaged() {
        return problems.isEmpty() && bundled.size() == byId.size();
    }

    /** The providers of the plugins that the index knows. */
    public Map<String, ProviderSpec> indexedProviders() {
        Map<String, ProviderSpec> providers = new LinkedHashMap<>();
        for (PluginSpec spec : byId.values()) {
            for (ProviderSpec provider : spec.providers()) {
                providers.put(provider.name(), provider);
            }
        }
        return providers;
    }

    /** The IDs of the plugins without a known problem. */
    public Set<String> ids() {
        return byId.keySet();
    }

    /** The versions of what plugins publish to others, by the plugins' IDs. */
    public Map<String, String> exportedVersions() {
        Map<String, String> versions = new LinkedHashMap<>();
        for (PluginSpec spec : byId.values()) {
            if (!spec.exports().isEmpty()) {
                versions.put(spec.id(), spec.identity().exportsVersion());
            }
        }
        return versions;
    }

    /** The provider of a configuration that leaves it open; empty if the distribution has none for that. */
    public String defaultProvider() {
        return defaultProvider;
    }

    /** The plugins without a known problem, by ID. */
    List<PluginSpec> plugins() {
        return new ArrayList<>(byId.values());
    }

    /** Whether the index tells all about the plugin. */
    boolean isBundled(PluginSpec spec) {
        return bundled.contains(spec.id());
    }

    /** Whether the plugin lives in the host's class loader. */
    boolean isOnClassPath(PluginSpec spec) {
        return isBundled(spec) && !belongsToAnotherProvider(spec);
    }

    /** The files of plugins that the class path has to name. */
    public List<Path> classPath() {
        List<Path> files = new ArrayList<>();
        for (PluginSpec spec : byId.values()) {
            if (isOnClassPath(spec)) {
                files.add(spec.file().path());
            }
        }
        return files;
    }

    /** Whether the plugin, or one that it depends on, brings providers, and not the default one. */
    private boolean belongsToAnotherProvider(PluginSpec spec) {
        if (defaultProvider.isEmpty()) {
            return false;
        }
        boolean others = false;
        for (ProviderSpec provider : spec.providers()) {
            if (provider.name().equals(defaultProvider)) {
                return false;
            }
            others = true;
        }
        for (String dependency : spec.identity().requiredPlugins()) {
            PluginSpec next = byId.get(dependency);
            others |= next != null && belongsToAnotherProvider(next);
        }
        return others;
    }

    /** What cannot be used, and why. */
    List<PluginProblem> problems() {
        return problems;
    }
}
