import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Completes the SDK, into which Maven has copied the jars: POMs, sources, Javadoc, examples, documentation, the archive.
 *
 * <p>A program of one file, since that needs nothing but the JDK: MakeSdk REPOSITORY_OF_SOURCES SDK LOCAL_MAVEN_REPOSITORY
 * VERSION
 */
public final class MakeSdk {
    /** The folders of the published modules, by artifact. */
    private static final Map<String, String> MODULES = Map.of(
            "cpi-plugin-api", "cpi-plugin-api",
            "cpi-plugin-testkit", "cpi-plugin-api/testkit",
            "lxd-api", "plugins/lxd/api",
            "lxd-testkit", "plugins/lxd/testkit");

    /** What a plugin is compiled with: the rest of the testkit folder is for tests. */
    private static final Pattern COMPILED_WITH =
            Pattern.compile("(cpi-plugin-api|lxd-api|pf4j|slf4j-api|jspecify|apiguardian-api)-[0-9].*\\.jar");

    private static final String GROUP = "io/boshcpi/";

    private final Path sources;
    private final Path sdk;
    private final Path localRepository;
    private final String version;
    private final Set<Path> poms = new TreeSet<>();

    private MakeSdk(Path sources, Path sdk, Path localRepository, String version) {
        this.sources = sources;
        this.sdk = sdk;
        this.localRepository = localRepository;
        this.version = version;
    }

    public static void main(String[] arguments) throws Exception {
        new MakeSdk(
                        Path.of(arguments[0]).toRealPath(),
                        Path.of(arguments[1]),
                        Path.of(arguments[2]),
                        arguments[3])
                .run();
    }

    private void run() throws Exception {
        splitJars();
        ownPoms();
        try (Stream<Path> jars = Files.walk(sdk.resolve("repository"))) {
            for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                if (!jar.startsWith(sdk.resolve("repository").resolve(GROUP))) {
                    foreignPom(sdk.resolve("repository").relativize(jar.getParent()));
                }
            }
        }
        for (Path pom : List.copyOf(poms)) {
            related(pom);
        }
        sourcesAndJavadoc();
        texts();
        pack();
    }

    private void splitJars() throws IOException {
        Path lib = Files.createDirectories(sdk.resolve("lib"));
        for (Path jar : list(sdk.resolve("testkit"))) {
            if (COMPILED_WITH.matcher(jar.getFileName().toString()).matches()) {
                Files.move(jar, lib.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Those of this project: the parent, the BOM, the modules. */
    private void ownPoms() throws IOException {
        ownPom("bosh-lxd-cpi", sources.resolve("pom.xml"));
        ownPom("cpi-bom", sources.resolve("bom/pom.xml"));
        for (Map.Entry<String, String> module : MODULES.entrySet()) {
            ownPom(module.getKey(), sources.resolve(module.getValue()).resolve("pom.xml"));
        }
    }

    private void ownPom(String artifact, Path pom) throws IOException {
        Path folder = Files.createDirectories(folder(artifact));
        Path copy = folder.resolve(artifact + "-" + version + ".pom");
        Files.copy(pom, copy, StandardCopyOption.REPLACE_EXISTING);
        poms.add(copy);
    }

    private Path folder(String artifact) {
        return sdk.resolve("repository").resolve(GROUP + artifact + "/" + version);
    }

    /** Copies the POM of a library's folder GROUP/ARTIFACT/VERSION from Maven's own repository. */
    private void foreignPom(Path folder) throws IOException {
        String name = folder.getParent().getFileName() + "-" + folder.getFileName() + ".pom";
        Path copy = sdk.resolve("repository").resolve(folder).resolve(name);
        if (poms.add(copy)) {
            Files.createDirectories(copy.getParent());
            Files.copy(
                    localRepository.resolve(folder).resolve(name), copy, StandardCopyOption.REPLACE_EXISTING);
            related(copy);
        }
    }

    /** Copies what a POM cannot be read without: its parent, and the BOMs that it imports. */
    private void related(Path pom) throws IOException {
        Element project = root(pom);
        Map<String, String> properties = properties(pom);
        Element parent = child(project, "parent");
        if (parent != null) {
            copyRelated(parent, properties);
        }
        Element management = child(project, "dependencyManagement");
        for (Element dependency : management == null ? List.<Element>of() : children(management, "dependencies")) {
            if (text(dependency, "scope").equals("import")) {
                copyRelated(dependency, properties);
            }
        }
    }

    private void copyRelated(Element coordinates, Map<String, String> properties) throws IOException {
        String group = filled(text(coordinates, "groupId"), properties).replace('.', '/');
        if (!(group + "/").equals(GROUP)) {
            foreignPom(Path.of(
                    group,
                    filled(text(coordinates, "artifactId"), properties),
                    filled(text(coordinates, "version"), properties)));
        }
    }

    /** The properties that a POM has, with those of its parents. */
    private Map<String, String> properties(Path pom) {
        Element project = root(pom);
        Map<String, String> all = new LinkedHashMap<>();
        Element parent = child(project, "parent");
        if (parent != null) {
            String group = text(parent, "groupId");
            String artifact = text(parent, "artifactId");
            String file = artifact + "/" + text(parent, "version") + "/" + artifact + "-" + text(parent, "version") + ".pom";
            Path copied = sdk.resolve("repository").resolve(group.replace('.', '/')).resolve(file);
            all.putAll(properties(
                    Files.exists(copied) ? copied : localRepository.resolve(group.replace('.', '/')).resolve(file)));
            all.put("project.parent.version", text(parent, "version"));
        }
        for (String own : List.of("groupId", "version")) {
            String value = text(project, own);
            if (!value.isEmpty()) {
                all.put("project." + own, value);
            }
        }
        for (Node node = firstChild(project, "properties"); node != null; node = node.getNextSibling()) {
            if (node instanceof Element property) {
                all.put(property.getTagName(), property.getTextContent().strip());
            }
        }
        return all;
    }

    private static Node firstChild(Element parent, String name) {
        Element child = child(parent, name);
        return child == null ? null : child.getFirstChild();
    }

    private static String filled(String text, Map<String, String> properties) {
        Matcher matcher = Pattern.compile("\\$\\{([^}]+)}").matcher(text);
        if (!matcher.find()) {
            return text;
        }
        String value = properties.get(matcher.group(1));
        if (value == null) {
            throw new IllegalStateException("Nothing says what " + text + " is");
        }
        return filled(text.replace(matcher.group(), value), properties);
    }

    private static Element root(Path pom) {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(pom.toFile())
                    .getDocumentElement();
        } catch (Exception e) {
            throw new IllegalStateException(pom + " cannot be read", e);
        }
    }

    private static Element child(Element parent, String name) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                return element;
            }
        }
        return null;
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        Element list = child(parent, name);
        for (Node node = list == null ? null : list.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    private static String text(Element parent, String name) {
        Element child = child(parent, name);
        return child == null ? "" : child.getTextContent().strip();
    }

    private void sourcesAndJavadoc() throws IOException {
        List<String> paths = new ArrayList<>();
        for (Map.Entry<String, String> module : MODULES.entrySet()) {
            Path java = sources.resolve(module.getValue()).resolve("src/main/java");
            paths.add(java.toString());
            String jar = folder(module.getKey()) + "/" + module.getKey() + "-" + version;
            tool("jar", "--create", "--file", jar + "-sources.jar", "-C", java.toString(), ".");
            Path pages = Files.createTempDirectory("javadoc");
            javadoc(pages, java, "--source-path", java.toString());
            tool("jar", "--create", "--file", jar + "-javadoc.jar", "-C", pages.toString(), ".");
            delete(pages);
        }
        delete(sdk.resolve("javadoc"));
        javadoc(sdk.resolve("javadoc"), null, "--source-path", String.join(":", paths));
    }

    /**
     * The pages of one module, or of all.
     *
     * @param module the folder of its sources; null for all modules
     */
    private void javadoc(Path to, Path module, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("-quiet", "-notimestamp", "-Xdoclint:none", "-encoding", "UTF-8", "-d", to.toString()));
        arguments.addAll(List.of("-classpath", classPath(module == null)));
        if (module == null) {
            arguments.addAll(List.of("-subpackages", "io.boshcpi"));
        } else {
            try (Stream<Path> files = Files.walk(module)) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(file -> arguments.add(file.toString()));
            }
        }
        tool("javadoc", arguments.toArray(new String[0]));
    }

    /** The jars; javadoc stumbles (17) over classes that it finds as sources, too. */
    private String classPath(boolean onlyOfOthers) throws IOException {
        List<String> jars = new ArrayList<>();
        for (String folder : List.of("lib", "testkit")) {
            for (Path jar : list(sdk.resolve(folder))) {
                boolean own = jar.getFileName().toString().contains("-" + version + ".jar");
                if (!own || !onlyOfOthers) {
                    jars.add(jar.toString());
                }
            }
        }
        return String.join(":", jars);
    }

    private static void tool(String name, String... arguments) {
        int status = ToolProvider.findFirst(name).orElseThrow().run(System.out, System.err, arguments);
        if (status != 0) {
            throw new IllegalStateException(name + " failed");
        }
    }

    /** Examples, documentation and what the SDK says about itself. */
    private void texts() throws IOException {
        Path here = sources.resolve("sdk/src/main/sdk");
        for (String file : List.of("build", "settings.xml")) {
            Files.copy(
                    here.resolve(file),
                    sdk.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
        String readme = Files.readString(here.resolve("README.md"))
                .replace("@version@", version)
                .replace("@spi@", constant("cpi-plugin-api/src/main/java/io/boshcpi/spi/SpiVersion.java"))
                .replace("@lxd.spi@", constant("plugins/lxd/api/src/main/java/io/boshcpi/lxd/spi/LxdSpiVersion.java"));
        Map<String, String> properties = properties(sources.resolve("pom.xml"));
        readme = readme.replace("@pf4j@", properties.get("pf4j.version"))
                .replace("@junit@", properties.get("junit.version"));
        Files.writeString(sdk.resolve("README.md"), readme);
        delete(sdk.resolve("examples"));
        copy(sources.resolve("docs/examples"), sdk.resolve("examples"));
        Files.createDirectories(sdk.resolve("docs"));
        for (String page : List.of("plugin-author.md", "compatibility.md")) {
            Files.copy(
                    sources.resolve("docs").resolve(page),
                    sdk.resolve("docs").resolve(page),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        for (String file : List.of("LICENSE", "NOTICE")) {
            Files.copy(sources.resolve(file), sdk.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private String constant(String file) throws IOException {
        Matcher matcher =
                Pattern.compile("CURRENT = \"([^\"]+)\"").matcher(Files.readString(sources.resolve(file)));
        if (!matcher.find()) {
            throw new IllegalStateException(file + " has no CURRENT");
        }
        return matcher.group(1);
    }

    /** The same bytes from the same files. */
    private void pack() throws IOException, InterruptedException {
        Path archive = sdk.resolveSibling("cpi-sdk.tar.gz");
        String command = "tar --version | grep -q GNU && sorted='--sort=name --owner=0 --group=0 --numeric-owner --mtime=@0';"
                + " tar -C \"$1\" ${sorted-} -cf - cpi-sdk | gzip -n >\"$2\"";
        Process process = new ProcessBuilder(
                        "bash", "-c", command, "pack", sdk.getParent().toString(), archive.toString())
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(archive + " cannot be made");
        }
    }

    /** Copies a folder, without what a build has left there. */
    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                String name = folder.getFileName().toString();
                if (Set.of("target", "dev_releases", ".dev_builds", "blobs").contains(name)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.toString().endsWith(".jar")) {
                    Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted((a, b) -> b.compareTo(a)).forEach(file -> {
                    try {
                        Files.delete(file);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        }
    }
}
