package io.boshcpi.core.plugin;

import com.github.zafarkhaja.semver.Version;
import io.boshcpi.spi.SpiVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.pf4j.Plugin;
import org.pf4j.processor.IndexedExtensionStorage;
import org.pf4j.util.StringUtils;

/**
 * Looks into a jar and says what plugin it is, or why it is none. PF4J passes over all of these faults in silence, or
 * disables the plugin.
 */
final class PluginJar {
    /** The packages that plugins which depend on this one may see, separated by commas. */
    private static final String PLUGIN_EXPORTS = "Plugin-Exports";

    private static final String EXPORTS_VERSION = "Plugin-Exports-Version";

    private static final String WITH_MANIFEST = "build the jar with a manifest that has Plugin-Id and Plugin-Version";

    private PluginJar() {}

    static PluginSpec read(Path path) throws PluginProblem.Found {
        if (!path.toString().endsWith(".jar")) {
            throw new PluginProblem.Found("is not a plugin: a plugin is one file that ends in .jar; take it out");
        }
        if (!Files.isRegularFile(path)) { // Opening a FIFO waits for a writer.
            throw new PluginProblem.Found("is not a regular file; take it out");
        }
        try (JarFile jar = new JarFile(path.toFile())) {
            Manifest manifest = jar.getManifest();
            if (manifest == null) {
                throw new PluginProblem.Found("has no manifest, so it is not a plugin; " + WITH_MANIFEST);
            }
            Attributes attributes = manifest.getMainAttributes();
            PluginSpec spec = new PluginSpec(
                    identity(attributes),
                    new PluginFile(path, 0, 0),
                    list(attributes, PLUGIN_EXPORTS),
                    extensions(jar),
                    List.of());
            checkContent(jar, spec);
            return spec;
        } catch (IOException | SecurityException e) {
            throw new PluginProblem.Found("cannot be read as a jar (" + e.getMessage() + "); build or copy it anew", e);
        }
    }

    private static PluginIdentity identity(Attributes attributes) throws PluginProblem.Found {
        String id = attribute(attributes, "Plugin-Id");
        if (id == null) {
            throw new PluginProblem.Found("has no Plugin-Id in its manifest, so it is not a plugin; " + WITH_MANIFEST);
        } else if (!isName(id)) {
            throw new PluginProblem.Found(
                    "has a Plugin-Id that is not one: 1 to 100 letters, digits and . _ - are allowed");
        }
        String version = attribute(attributes, "Plugin-Version");
        if (version == null || !Version.isValid(version)) {
            throw new PluginProblem.Found("has no Plugin-Version in its manifest that is a semantic version: 1.2.3");
        }
        String exportsVersion = orElse(attribute(attributes, EXPORTS_VERSION), version);
        if (!Version.isValid(exportsVersion)) {
            throw new PluginProblem.Found(
                    "has a " + EXPORTS_VERSION + " that is not a semantic version, such as 1.2.3: " + exportsVersion);
        }
        String requires = orElse(attribute(attributes, "Plugin-Requires"), "*");
        checkRequires(requires);
        String pluginClass = orElse(attribute(attributes, "Plugin-Class"), Plugin.class.getName());
        return new PluginIdentity(id, version, exportsVersion, requires, pluginClass, dependencies(attributes));
    }

    /** IDs stand in messages, lists and the names of class loaders. */
    static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 128 || !(Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0)) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= 100;
    }

    /** The dependencies without blanks, so that {@code acme@>=1.0.0 & <2.0.0} is one word. */
    private static List<String> dependencies(Attributes attributes) throws PluginProblem.Found {
        List<String> dependencies = new ArrayList<>();
        for (String item : list(attributes, "Plugin-Dependencies")) {
            String dependency = item.replace(" ", "");
            int at = dependency.indexOf('@');
            if (at >= 0) {
                checkRange(dependency, dependency.substring(at + 1));
            }
            dependencies.add(dependency);
        }
        return dependencies;
    }

    private static void checkRange(String dependency, String range) throws PluginProblem.Found {
        try {
            Version.parse(SpiVersion.CURRENT).satisfies(range);
        } catch (RuntimeException e) {
            throw new PluginProblem.Found(
                    "has a Plugin-Dependencies that cannot be understood: " + dependency
                            + "; after the @ stands a range of versions such as >=1.0.0 & <2.0.0",
                    e);
        }
    }

    private static void checkRequires(String requires) throws PluginProblem.Found {
        boolean satisfied;
        try {
            satisfied =
                    requires.equals("*") || Version.parse(SpiVersion.CURRENT).satisfies(requires);
        } catch (RuntimeException e) {
            throw new PluginProblem.Found(
                    "has a Plugin-Requires that cannot be understood: " + requires
                            + "; it is a range of versions such as >=1.0.0 & <2.0.0",
                    e);
        }
        if (!satisfied) {
            throw new PluginProblem.Found("requires version " + requires + " of the plugin SPI; this CPI has "
                    + SpiVersion.CURRENT + ", so a plugin or a CPI of another version is needed");
        }
    }

    private static List<ExtensionSpec> extensions(JarFile jar) throws IOException, PluginProblem.Found {
        JarEntry index = jar.getJarEntry(IndexedExtensionStorage.EXTENSIONS_RESOURCE);
        if (index == null) {
            throw new PluginProblem.Found("has no " + IndexedExtensionStorage.EXTENSIONS_RESOURCE
                    + "; was it compiled without PF4J on the annotation processor path?");
        }
        List<ExtensionSpec> extensions = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(jar.getInputStream(index), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int comment = line.indexOf('#');
                String name = (comment < 0 ? line : line.substring(0, comment)).strip();
                if (!name.isEmpty()) {
                    extensions.add(new ExtensionSpec(name, List.of()));
                }
            }
        }
        if (extensions.isEmpty()) {
            throw new PluginProblem.Found("lists no extension in " + IndexedExtensionStorage.EXTENSIONS_RESOURCE
                    + "; a class with PF4J's @Extension becomes one");
        }
        return extensions;
    }

    private static void checkContent(JarFile jar, PluginSpec spec) throws PluginProblem.Found {
        for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
            String entry = entries.nextElement().getName();
            if (entry.endsWith(".class") && SharedPackages.contain(entry.replace('/', '.'))) {
                throw new PluginProblem.Found(
                        "contains " + entry + ", which comes from the host; leave it out of the jar (scope provided)");
            }
        }
        for (ExtensionSpec extension : spec.extensions()) {
            if (jar.getJarEntry(extension.className().replace('.', '/') + ".class") == null) {
                throw new PluginProblem.Found("lists the extension " + extension.className()
                        + ", but does not have it; build the jar of clean classes");
            }
        }
    }

    private static List<String> list(Attributes attributes, String name) {
        List<String> items = new ArrayList<>();
        String value = attribute(attributes, name);
        if (value != null) {
            for (String item : value.split(",", -1)) {
                if (!item.isBlank()) {
                    items.add(item.strip());
                }
            }
        }
        return items;
    }

    private static @Nullable String attribute(Attributes attributes, String name) {
        String value = attributes.getValue(name);
        return StringUtils.isNullOrEmpty(value) || value.isBlank() ? null : value.strip();
    }

    private static String orElse(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }
}
