package io.boshcpi.core.config;

import io.boshcpi.core.installation.SmallFile;
import io.boshcpi.core.log.LogLevel;
import io.boshcpi.core.log.OperatorText;
import io.boshcpi.core.rpc.Documents;
import io.boshcpi.spi.AgentId;
import io.boshcpi.spi.AgentSettings;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.Secret;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the operator configured: the job's {@code cpi.json}, and over it the properties of a CPI config that come in
 * the request's context.
 *
 * <p>Hashes are merged key by key, everything else is replaced. An unknown key of the file is an error; one of the
 * context is not, since it may be a standard key of a later version of BOSH. Only the file can name folders of
 * plugins, for a request does not decide which code runs, and set {@code metrics}, which are the host's and no call's.
 */
public final class Configuration {
    private static final Set<String> STANDARD_CONTEXT = Set.of("director_uuid", "request_id", "vm");
    private static final String PLUGIN_TIMEOUT = "plugin_timeout";
    private static final String PLUGIN_DIRS = "plugin_dirs";
    private static final String STEMCELL_FORMATS = "stemcell_formats";
    private static final String METRICS = "metrics";
    private static final String PLUGINS = "plugins";
    private static final Set<String> OWN_KEYS = Set.of(
            "provider",
            "agent",
            "ntp",
            "log_level",
            "call_timeout",
            PLUGIN_TIMEOUT,
            PLUGIN_DIRS,
            STEMCELL_FORMATS,
            METRICS,
            PLUGINS);
    private static final Set<String> AGENT_KEYS = Set.of("mbus", "blobstore");
    private static final Set<String> METRICS_KEYS = Set.of("file", "interval");

    /** What a plugin has for the answer to one question, unless the operator says otherwise: many times what it needs. */
    public static final Duration DEFAULT_PLUGIN_TIMEOUT = Duration.ofSeconds(30);

    private static final long MAX_PLUGIN_TIMEOUT_SECONDS = 3600;

    /** BOSH sets no time limit; a call that takes longer than this has lost its server. */
    private static final long DEFAULT_CALL_TIMEOUT_SECONDS = 3600;

    private static final long MAX_CALL_TIMEOUT_SECONDS = 7 * 24 * 3600;
    private static final long DEFAULT_METRICS_SECONDS = 15;
    private static final long MAX_METRICS_SECONDS = 3600;

    /**
     * Names what an operator's machine has elsewhere than a Director: BOSH's create-env installs packages and jobs in a
     * folder of its own, and only the job's script, which it starts, is told where.
     */
    private static final String MOVED_FOLDERS = "CPI_MOVED_FOLDERS";

    /** Stands before each key in an error. */
    private static final String PATH = "configuration";

    private final PropertyTree tree;

    private Configuration(PropertyTree tree) {
        this.tree = tree;
    }

    /** Reads the configuration from a file. */
    public static Configuration read(Path file) {
        String what = "The configuration " + file;
        try {
            if (Documents.read(what, SmallFile.read(file)) instanceof Map<?, ?> hash) {
                return new Configuration(PropertyTree.of(PATH, withStringKeys(hash)));
            }
            throw CpiException.badRequest(what + " is not a JSON object");
        } catch (NoSuchFileException e) {
            throw new CpiException(ErrorType.CPI_ERROR, what + " does not exist", e);
        } catch (IOException e) {
            throw new CpiException(ErrorType.CPI_ERROR, what + " cannot be read (" + OperatorText.of(e) + ")", e);
        }
    }

    /** The file's values, for what has to be known before the providers are. */
    public Map<String, @Nullable Object> asMap() {
        return tree.asMap();
    }

    /** Folders with plugins besides the distribution's own; absolute paths. */
    public List<Path> pluginFolders() {
        return pluginFolders(System.getenv(MOVED_FOLDERS));
    }

    /**
     * Folders with plugins besides the distribution's own; absolute paths.
     *
     * @param moved what of the folders lies elsewhere on this machine: a line {@code FROM=TO} for each; null if nothing
     */
    List<Path> pluginFolders(@Nullable String moved) {
        List<Path> folders = new ArrayList<>();
        for (String name : tree.strings(PLUGIN_DIRS)) {
            Path folder = Path.of(name);
            if (!folder.isAbsolute()) {
                throw tree.wrong(PLUGIN_DIRS, "must be a list of absolute paths");
            }
            folders.add(moved == null ? folder : whereItIs(folder, moved));
        }
        return folders;
    }

    private static Path whereItIs(Path folder, String moved) {
        int start = 0;
        while (start < moved.length()) {
            int end = moved.indexOf('\n', start);
            String line = moved.substring(start, end < 0 ? moved.length() : end);
            int equals = line.indexOf('=');
            if (equals > 0 && folder.startsWith(line.substring(0, equals))) {
                Path from = Path.of(line.substring(0, equals));
                return Path.of(line.substring(equals + 1)).resolve(from.relativize(folder));
            }
            start = end < 0 ? moved.length() : end + 1;
        }
        return folder;
    }

    /**
     * The configuration of one call.
     *
     * @param context the request's context
     * @param providers the names of the providers that are there; each has a section of its own
     * @param plugins the IDs of the plugins that are there; each has a section in {@code plugins}
     */
    public Configuration forCall(Map<String, @Nullable Object> context, Set<String> providers, Set<String> plugins) {
        Set<String> known = knownKeys(providers);
        checkKeys(tree, known);
        metrics(); // A mistake is to be found by the first call, with or without a resident host.
        Map<String, @Nullable Object> overlay = new LinkedHashMap<>(context);
        overlay.keySet().retainAll(known);
        overlay.keySet().removeAll(STANDARD_CONTEXT);
        overlay.remove(PLUGIN_DIRS);
        overlay.remove(METRICS);
        Configuration merged =
                overlay.isEmpty() ? this : new Configuration(PropertyTree.of(PATH, merge(tree.asMap(), overlay)));
        checkKeys(merged.pluginSections(), plugins);
        return merged;
    }

    /**
     * A warning for each key of a request's context that no part of this CPI reads, such as a misspelt one of a CPI config.
     *
     * @param context the request's context
     * @param providers the names of the providers that are there
     */
    public static List<String> warnings(Map<String, @Nullable Object> context, Set<String> providers) {
        Set<String> known = knownKeys(providers);
        List<String> warnings = new ArrayList<>();
        for (String key : context.keySet()) {
            if (key.equals(PLUGIN_DIRS)) {
                warnings.add("context." + key + " is ignored: only the configuration file names folders of plugins");
            } else if (key.equals(METRICS)) {
                warnings.add("context." + key + " is ignored: only the configuration file says where metrics go");
            } else if (!known.contains(key) && !STANDARD_CONTEXT.contains(key)) {
                CpiException unknown = PropertyTree.of("context", context).unknown(key, known);
                warnings.add(unknown.getMessage() + " It is ignored");
            }
        }
        return warnings;
    }

    /** Whether the host or BOSH reads a key of that name, so that it cannot be a provider's section. */
    public static boolean isReserved(String key) {
        return OWN_KEYS.contains(key) || STANDARD_CONTEXT.contains(key);
    }

    private static Set<String> knownKeys(Set<String> providers) {
        Set<String> known = new LinkedHashSet<>(OWN_KEYS);
        known.addAll(providers);
        return known;
    }

    /**
     * The provider that serves the call: the one that the configuration names; else the only one that is there, or
     * the only one of which the configuration has a section; else the product's own.
     *
     * @param providers those that are there, by name
     * @param productsOwn the name of the product's own; empty if it has none
     */
    public <P> P provider(Map<String, P> providers, String productsOwn) {
        if (providers.isEmpty()) {
            throw CpiException.badRequest("There is no provider: no plugin of this CPI brings one");
        }
        Optional<String> named = tree.string("provider");
        if (named.isEmpty() && providers.size() == 1) {
            return providers.values().iterator().next();
        }
        P provider = named.isPresent() ? providers.get(named.get()) : unnamed(providers, productsOwn);
        if (provider == null) {
            throw tree.wrong("provider", "must be one of " + String.join(", ", new TreeSet<>(providers.keySet())));
        }
        return provider;
    }

    private <P> @Nullable P unnamed(Map<String, P> providers, String productsOwn) {
        P found = null;
        int sections = 0;
        for (Map.Entry<String, P> provider : providers.entrySet()) {
            if (tree.has(provider.getKey())) {
                found = provider.getValue();
                sections++;
            }
        }
        return sections == 1 ? found : providers.get(productsOwn);
    }

    /** The section of a provider. */
    public PropertyTree section(String provider) {
        return tree.section(provider);
    }

    /** The sections of plugins that are no providers, by the plugins' IDs. */
    public PropertyTree pluginSections() {
        return tree.section(PLUGINS);
    }

    /**
     * The stemcell formats that the Director is told of: those of the configuration, or all.
     *
     * @param all what the provider takes
     */
    public List<String> stemcellFormats(List<String> all) {
        if (!tree.has(STEMCELL_FORMATS)) {
            return all;
        }
        List<String> chosen = tree.strings(STEMCELL_FORMATS);
        for (String format : chosen) {
            if (!all.contains(format)) {
                throw tree.wrong(
                        STEMCELL_FORMATS,
                        "contains a format that the provider does not take; it takes " + String.join(", ", all));
            }
        }
        if (chosen.isEmpty()) {
            throw tree.wrong(STEMCELL_FORMATS, "is empty, so that no stemcell could be uploaded; leave it out for all");
        }
        return chosen;
    }

    /** What an agent is to be told. */
    public AgentSettings agentSettings(AgentId agent, Map<String, @Nullable Object> env) {
        PropertyTree section = tree.section("agent");
        checkKeys(section, AGENT_KEYS);
        return new AgentSettings(
                agent,
                section.string("mbus").map(Secret::new),
                section.section("blobstore").asMap(),
                tree.strings("ntp"),
                env);
    }

    /** How much is logged. */
    public LogLevel logLevel() {
        String name = tree.string("log_level").orElse("info");
        return switch (name) {
            case "debug" -> LogLevel.DEBUG;
            case "info" -> LogLevel.INFO;
            case "warn" -> LogLevel.WARN;
            case "error" -> LogLevel.ERROR;
            default -> throw tree.wrong("log_level", "is not one of debug, info, warn, error");
        };
    }

    /** How long a call may take. */
    public Duration callTimeout() {
        return seconds("call_timeout", DEFAULT_CALL_TIMEOUT_SECONDS, MAX_CALL_TIMEOUT_SECONDS);
    }

    /** How long a plugin that is not bundled may take for what it is asked. */
    public Duration pluginTimeout() {
        return seconds(PLUGIN_TIMEOUT, DEFAULT_PLUGIN_TIMEOUT.toSeconds(), MAX_PLUGIN_TIMEOUT_SECONDS);
    }

    private Duration seconds(String key, long otherwise, long most) {
        long seconds = tree.integer(key).orElse(otherwise);
        if (seconds < 1 || seconds > most) {
            throw tree.wrong(key, "must be a number of seconds from 1 to " + most);
        }
        return Duration.ofSeconds(seconds);
    }

    /** Where the resident host writes its metrics; empty if nowhere. */
    public Optional<MetricsOutput> metrics() {
        if (!tree.has(METRICS)) {
            return Optional.empty();
        }
        PropertyTree section = tree.section(METRICS);
        checkKeys(section, METRICS_KEYS);
        Path file = Path.of(section.string("file").orElse(""));
        if (!file.isAbsolute() || file.getFileName() == null) {
            throw section.wrong("file", "must be the absolute path of a file");
        }
        long seconds = section.integer("interval").orElse(DEFAULT_METRICS_SECONDS);
        if (seconds < 1 || seconds > MAX_METRICS_SECONDS) {
            throw section.wrong("interval", "must be a number of seconds from 1 to " + MAX_METRICS_SECONDS);
        }
        return Optional.of(new MetricsOutput(file, Duration.ofSeconds(seconds)));
    }

    private static void checkKeys(PropertyTree hash, Set<String> known) {
        for (String key : hash.keys()) {
            if (!known.contains(key)) {
                throw hash.unknown(key, known);
            }
        }
    }

    private static Map<String, @Nullable Object> merge(
            Map<String, @Nullable Object> base, Map<String, @Nullable Object> overlay) {
        Map<String, @Nullable Object> merged = new LinkedHashMap<>(base);
        for (Map.Entry<String, @Nullable Object> entry : overlay.entrySet()) {
            if (merged.get(entry.getKey()) instanceof Map<?, ?> below && entry.getValue() instanceof Map<?, ?> above) {
                merged.put(entry.getKey(), merge(withStringKeys(below), withStringKeys(above)));
            } else {
                merged.put(entry.getKey(), entry.getValue());
            }
        }
        return merged;
    }

    private static Map<String, @Nullable Object> withStringKeys(Map<?, ?> hash) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : hash.entrySet()) {
            copy.put(String.valueOf(entry.getKey()), entry.getValue());
        }
        return copy;
    }
}
