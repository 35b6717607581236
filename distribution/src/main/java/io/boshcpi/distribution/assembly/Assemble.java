package io.boshcpi.distribution.assembly;

import io.boshcpi.core.installation.Distribution;
import io.boshcpi.core.plugin.PluginCatalog;
import io.boshcpi.core.plugin.PluginIndexer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The last step of packaging: makes a product's distribution of a folder that has the host in {@code lib}, plugins in
 * {@code plugins}, the scripts, the launcher's source, and {@code lib/product.properties}.
 *
 * <p>It fills in the scripts, writes the header of the launcher and takes native libraries out of jars. Then it
 * writes what a call would otherwise find out each time: the index of the plugins, for which each of them is really
 * loaded, so a broken one fails the build; the class paths, relative and in a fixed order, since an archive of classes
 * holds for one class path and those that begin with it; and the build ID.
 */
public final class Assemble {
    /** Searched first: what every call loads. The rest follows by name. */
    private static final List<String> FIRST =
            List.of("cpi-core", "cpi-json", "cpi-plugin-api", "jackson-core", "slf4j-api", "pf4j");

    /** Searched last: what only plugins that do not come with the distribution may need. */
    private static final List<String> LAST = List.of("jackson-annotations", "jackson-databind");

    /** Not on the class path of calls, which each jar lengthens: where a class is looked for in vain, all are opened. */
    private static final List<String> COMMANDS = List.of("cpi-conformance", "picocli", "snakeyaml");

    /** Holds this class and the training: no call has it on its class path. */
    private static final String PACKAGING = "distribution.jar";

    private Assemble() {}

    /** Takes the folder. */
    public static void main(String[] args) throws IOException {
        Distribution distribution = new Distribution(Path.of(args[0]));
        Templates.fill(distribution);
        for (Path jar : files(distribution.home().resolve("lib"), ".jar")) {
            NativeLibraries.takeOut(jar, distribution.home().resolve("lib/native"));
        }
        Files.deleteIfExists(distribution.pluginIndex()); // The index of an earlier run would be believed.
        Files.writeString(
                distribution.pluginIndex(),
                PluginIndexer.index(distribution, distribution.product().provider()));
        List<String> jars = jarsOfCalls(distribution);
        Files.writeString(distribution.classPath(), classPath(jars));
        jars.addAll(jarsOfCommands(distribution));
        Files.writeString(distribution.commandClassPath(), classPath(jars));
        Files.writeString(distribution.buildFile(), buildId(distribution) + "\n");
    }

    private static List<String> jarsOfCalls(Distribution distribution) throws IOException {
        List<String> jars = new ArrayList<>();
        for (Path jar : files(distribution.home().resolve("lib"), ".jar")) {
            if (!jar.endsWith(PACKAGING) && !isOf(COMMANDS, jar)) {
                jars.add("lib/" + jar.getFileName());
            }
        }
        for (Path jar : PluginCatalog.read(distribution, List.of()).classPath()) {
            jars.add("plugins/" + jar.getFileName());
        }
        jars.sort((a, b) -> rank(a) != rank(b) ? rank(a) - rank(b) : a.compareTo(b));
        return jars;
    }

    private static List<String> jarsOfCommands(Distribution distribution) throws IOException {
        List<String> jars = new ArrayList<>();
        for (Path jar : files(distribution.home().resolve("lib"), ".jar")) {
            if (isOf(COMMANDS, jar)) {
                jars.add("lib/" + jar.getFileName());
            }
        }
        return jars;
    }

    private static boolean isOf(List<String> artifacts, Path jar) {
        return artifacts.stream().anyMatch(name -> jar.getFileName().toString().startsWith(name + "-"));
    }

    /** The argument file that the launcher hands to Java after the options. */
    private static String classPath(List<String> jars) {
        return "-cp " + String.join(":", jars) + "\n";
    }

    private static int rank(String jar) {
        for (int i = 0; i < FIRST.size(); i++) {
            if (jar.startsWith("lib/" + FIRST.get(i) + "-")) {
                return i;
            }
        }
        for (String name : LAST) {
            if (jar.startsWith("lib/" + name + "-")) {
                return FIRST.size() + 1;
            }
        }
        return FIRST.size();
    }

    /** A hash over names and contents of everything but the file that it is written to. */
    private static String buildId(Distribution distribution) throws IOException {
        MessageDigest digest = sha256();
        for (Path file : files(distribution.home(), "")) {
            if (!file.equals(distribution.buildFile())) {
                String name = distribution.home().relativize(file).toString();
                digest.update((name + "\0" + Files.size(file) + "\0").getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(
                            file -> Files.isRegularFile(file) && file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Each Java has SHA-256", e);
        }
    }
}
