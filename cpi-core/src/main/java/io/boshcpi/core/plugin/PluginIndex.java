package io.boshcpi.core.plugin;

import io.boshcpi.core.installation.SmallFile;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the plugins that ship with the distribution, written when it is packaged: so a call need not
 * open their jars, nor load their classes to find out what they implement.
 *
 * <p>An entry holds for a file of the same name, size and checksum, and for no other.
 */
final class PluginIndex {
    /** Knows no plugin. */
    static final PluginIndex EMPTY = new PluginIndex(Map.of(), "");

    private static final String FORMAT = "format 2";
    private static final String DEFAULT = "default";

    private final Map<String, PluginSpec> byFileName;
    private final String defaultProvider;

    private PluginIndex(Map<String, PluginSpec> byFileName, String defaultProvider) {
        this.byFileName = byFileName;
        this.defaultProvider = defaultProvider;
    }

    /** The provider of a configuration that leaves it open; empty if there is none. */
    String defaultProvider() {
        return defaultProvider;
    }

    /** Reads the index; a distribution without one has no bundled plugins. */
    static PluginIndex read(Path file) {
        String text;
        try {
            text = new String(SmallFile.read(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return EMPTY;
        } catch (IOException e) {
            throw damaged(file, e);
        }
        try {
            return parse(text);
        } catch (RuntimeException e) {
            throw damaged(file, e);
        }
    }

    private static CpiException damaged(Path file, Exception cause) {
        return new CpiException(ErrorType.CPI_ERROR, "The index of plugins " + file + " is damaged", cause);
    }

    /** What the index knows of a file; {@code null} if it is not one that the distribution was packaged with. */
    @Nullable
    PluginSpec find(Path path) throws IOException {
        PluginSpec spec = byFileName.get(String.valueOf(path.getFileName()));
        if (spec == null || path.toFile().length() != spec.file().size()) {
            return null;
        }
        PluginFile file = PluginFile.of(path);
        return file.checksum() == spec.file().checksum() ? spec.at(file) : null;
    }

    private static PluginIndex parse(String text) {
        Map<String, PluginSpec> specs = new LinkedHashMap<>();
        String defaultProvider = "";
        Entry entry = null;
        int start = 0;
        if (!text.startsWith(FORMAT)) {
            throw new IllegalArgumentException("not " + FORMAT);
        }
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            String line = text.substring(start, end);
            start = end + 1;
            int space = line.indexOf(' ');
            String word = space < 0 ? line : line.substring(0, space);
            String rest = space < 0 ? "" : line.substring(space + 1);
            if (word.equals(DEFAULT) && entry == null) {
                defaultProvider = rest;
            } else if (word.equals("plugin")) {
                entry = new Entry(rest);
            } else if (word.equals("end") && entry != null) {
                PluginSpec spec = entry.spec();
                specs.put(spec.file().name(), spec);
            } else if (entry != null) {
                entry.take(word, rest);
            }
        }
        return new PluginIndex(specs, defaultProvider);
    }

    /** One plugin on its way from text to value. */
    private static final class Entry {
        private final String id;
        private String version = "";
        private String exportsVersion = "";
        private String requires = "*";
        private String pluginClass = "";
        private List<String> dependencies = List.of();
        private List<String> exports = List.of();
        private PluginFile file = new PluginFile(Path.of(""), 0, 0);
        private final List<ExtensionSpec> extensions = new ArrayList<>();
        private final List<ProviderSpec> providers = new ArrayList<>();

        Entry(String id) {
            this.id = id;
        }

        void take(String word, String rest) {
            switch (word) {
                case "version" -> version = rest;
                case "exports-version" -> exportsVersion = rest;
                case "requires" -> requires = rest;
                case "class" -> pluginClass = rest;
                case "dependencies" -> dependencies = words(rest);
                case "exports" -> exports = words(rest);
                case "file" -> file = file(words(rest));
                case "extension" -> {
                    List<String> words = words(rest);
                    extensions.add(new ExtensionSpec(words.get(0), words.subList(1, words.size())));
                }
                case "provider" -> {
                    List<String> words = words(rest);
                    providers.add(new ProviderSpec(words.get(0), words.subList(1, words.size())));
                }
                default -> throw new IllegalArgumentException("what is " + word + "?");
            }
        }

        private static PluginFile file(List<String> words) {
            return new PluginFile(Path.of(words.get(0)), Long.parseLong(words.get(1)), Long.parseLong(words.get(2)));
        }

        private static List<String> words(String text) {
            return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
        }

        PluginSpec spec() {
            PluginIdentity identity =
                    new PluginIdentity(id, version, exportsVersion, requires, pluginClass, dependencies);
            return new PluginSpec(identity, file, exports, extensions, providers);
        }
    }

    /**
     * The index of these plugins as text.
     *
     * @param defaultProvider the provider of a configuration that leaves it open; empty if there is none
     */
    static String write(List<PluginSpec> specs, String defaultProvider) {
        StringBuilder text = new StringBuilder(FORMAT).append('\n');
        line(text, DEFAULT, defaultProvider);
        for (PluginSpec spec : specs) {
            PluginIdentity identity = spec.identity();
            line(text, "plugin", identity.id());
            line(text, "version", identity.version());
            line(text, "exports-version", identity.exportsVersion());
            line(text, "requires", identity.requires());
            line(text, "class", identity.pluginClass());
            line(text, "dependencies", String.join(" ", identity.dependencies()));
            line(text, "exports", String.join(" ", spec.exports()));
            PluginFile file = spec.file();
            line(text, "file", file.name(), Long.toString(file.size()), Long.toString(file.checksum()));
            for (ExtensionSpec extension : spec.extensions()) {
                line(text, "extension", extension.className(), String.join(" ", extension.points()));
            }
            for (ProviderSpec provider : spec.providers()) {
                line(text, "provider", provider.name(), String.join(" ", provider.stemcellFormats()));
            }
            text.append("end\n");
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String... words) {
        text.append(String.join(" ", Arrays.asList(words)).strip()).append('\n');
    }
}
