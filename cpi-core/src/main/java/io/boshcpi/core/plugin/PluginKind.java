package io.boshcpi.core.plugin;

import com.github.zafarkhaja.semver.Version;
import io.boshcpi.core.installation.Distribution;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.ProviderFactory;
import io.boshcpi.spi.SpiVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginManager;

/**
 * A kind of plugin that an author can begin with. Who publishes an extension point brings the beginning of a plugin for it,
 * in {@code META-INF/new-plugin/KIND}: {@code kind.properties}, {@code Main.java.template} and {@code Test.java.template}. The
 * SPI has the kind {@code provider}, the plugins have others; so the host knows none of them.
 *
 * <p>In the templates stand {@code {{name}}}, what the author calls it; {@code {{Name}}}, the same as a part of a class's name;
 * {@code {{class}}} and {@code {{package}}}.
 */
public final class PluginKind {
    private static final String FOLDER = "META-INF/new-plugin/";
    private static final String OF_THE_SPI = "provider";

    private final String name;
    private final Properties properties = new Properties();
    private final String main;
    private final String test;
    private final Map<String, String> ofOwner;

    /** Reads a file of the templates. */
    private interface Templates {
        /** Its content; {@code null} if there is no such file. */
        @Nullable
        InputStream open(String file) throws IOException;
    }

    private PluginKind(String name, Templates templates, Map<String, String> ofOwner) throws IOException {
        this.name = name;
        this.main = text(templates, FOLDER + name + "/Main.java.template");
        this.test = text(templates, FOLDER + name + "/Test.java.template");
        this.ofOwner = ofOwner;
        properties.load(new StringReader(text(templates, FOLDER + name + "/kind.properties")));
    }

    /**
     * The kinds that there are, that of the SPI first.
     *
     * @param moreFolders folders of plugins beside the distribution's
     * @throws CpiException if a plugin's templates cannot be read
     */
    public static List<PluginKind> all(Distribution distribution, List<Path> moreFolders) {
        List<PluginKind> kinds = new ArrayList<>();
        Path at = distribution.productFile();
        try {
            String version = distribution.product().version();
            kinds.add(new PluginKind(OF_THE_SPI, PluginKind::openOfSpi, ofSpi(version)));
            for (PluginSpec plugin :
                    PluginCatalog.read(distribution, moreFolders).plugins()) {
                at = plugin.file().path();
                kinds.addAll(of(plugin, distribution));
            }
            return kinds;
        } catch (IOException e) {
            throw new CpiException(ErrorType.CPI_ERROR, at + " has templates that cannot be read", e);
        }
    }

    private static @Nullable InputStream openOfSpi(String file) {
        return ProviderFactory.class.getResourceAsStream("/" + file);
    }

    private static Map<String, String> ofSpi(String version) {
        return Map.of("id", "", "dependencies", "", "owner", "", "version", version);
    }

    private static List<PluginKind> of(PluginSpec plugin, Distribution distribution) throws IOException {
        List<PluginKind> kinds = new ArrayList<>();
        try (JarFile jar = new JarFile(plugin.file().path().toFile())) {
            for (String name : names(jar)) {
                kinds.add(new PluginKind(name, file -> open(jar, file), ofPlugin(plugin, distribution)));
            }
        }
        return kinds;
    }

    private static @Nullable InputStream open(JarFile jar, String file) throws IOException {
        return jar.getEntry(file) == null ? null : jar.getInputStream(jar.getEntry(file));
    }

    private static Set<String> names(JarFile jar) {
        Set<String> names = new TreeSet<>();
        jar.stream().forEach(entry -> {
            String file = entry.getName();
            if (file.startsWith(FOLDER) && file.endsWith("/kind.properties")) {
                names.add(file.substring(FOLDER.length(), file.lastIndexOf('/')));
            }
        });
        return names;
    }

    private static Map<String, String> ofPlugin(PluginSpec plugin, Distribution distribution) {
        Path path = plugin.file().path();
        boolean shipped = distribution.plugins().equals(path.getParent());
        PluginIdentity identity = plugin.identity();
        return Map.of(
                "id", identity.id() + "-",
                "dependencies", "Plugin-Dependencies: " + identity.id() + "@" + range(identity.exportsVersion()) + "\n",
                "owner",
                        ":"
                                + (shipped
                                        ? "$distribution/plugins/"
                                                + plugin.file().name()
                                        : path.toAbsolutePath()),
                "version", identity.version());
    }

    /** The versions that keep what this one promises. */
    private static String range(String version) {
        Version from = Version.parse(version);
        Version release = Version.of(from.majorVersion(), from.minorVersion(), from.patchVersion());
        return ">=" + release + " & <" + release.nextMajorVersion();
    }

    private static String text(Templates templates, String file) throws IOException {
        try (InputStream content = templates.open(file)) {
            if (content == null) {
                throw new IOException(file + " is missing");
            }
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What authors type. */
    public String name() {
        return name;
    }

    /** What a plugin of this kind adds. */
    public String description() {
        return properties.getProperty("description", "");
    }

    /** What the name of a new plugin is the name of. */
    public String meaningOfName() {
        return properties.getProperty("name", "its name");
    }

    /** The regular expression of names. */
    public String namePattern() {
        return properties.getProperty("name.pattern", "[a-z][a-z0-9-]*");
    }

    /** The ID of a new plugin. */
    public String pluginId(String pluginName) {
        String id = ofOwner.get("id");
        return id == null || id.isEmpty() ? pluginName : id + name + "-" + pluginName;
    }

    /**
     * The files of a new plugin, by their paths.
     *
     * @param pluginName what the author calls it, as {@link #namePattern} has it
     * @param packageName the package of its class
     */
    public Map<String, String> files(String pluginName, String packageName) {
        Map<String, String> values = new LinkedHashMap<>(ofOwner);
        values.put("id", pluginId(pluginName));
        values.put("kind", name);
        values.put("name", pluginName);
        values.put("Name", camelCase(pluginName));
        values.put("class", filled(properties.getProperty("class", "{{Name}}"), values));
        values.put("package", packageName);
        values.put("description", description());
        values.put("api", properties.getProperty("api", ""));
        values.put("testkit", properties.getProperty("testkit", ""));
        values.put("requires", range(SpiVersion.CURRENT));
        values.put("pf4j", String.valueOf(PluginManager.class.getPackage().getImplementationVersion()));
        String source = "/java/" + packageName.replace('.', '/') + "/" + values.get("class");
        Map<String, String> files = new LinkedHashMap<>();
        files.put("src/main" + source + ".java", filled(main, values));
        files.put("src/test" + source + "Test.java", filled(test, values));
        for (String file : List.of("MANIFEST.MF", "build", "pom.xml", "README.md")) {
            files.put(file, filled(ofProject(file), values));
        }
        return files;
    }

    private static String ofProject(String file) {
        try {
            return text(PluginKind.class::getResourceAsStream, "project/" + file + ".template");
        } catch (IOException e) {
            throw new CpiException(ErrorType.CPI_ERROR, "The CPI lacks a template", e);
        }
    }

    private static String filled(String template, Map<String, String> values) {
        String text = template;
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        return text;
    }

    private static String camelCase(String name) {
        StringBuilder text = new StringBuilder();
        for (String part : name.split("-", -1)) {
            if (!part.isEmpty()) {
                text.append(Character.toUpperCase(part.charAt(0))).append(part, 1, part.length());
            }
        }
        return text.toString();
    }
}
