package io.boshcpi.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The archive, unpacked somewhere else, makes plugins: with a JDK alone, with Maven and with Gradle, all without a network. */
@Tag("distribution")
class SdkIT {
    private static final Path ARCHIVE = Path.of("target/cpi-sdk.tar.gz").toAbsolutePath();
    private static final Path DISTRIBUTION =
            Path.of("../distribution/target/cpi").toAbsolutePath();

    @TempDir
    static Path folder;

    private static Path sdk = Path.of("");

    private record Output(int status, String text) {}

    private static Output run(Map<String, String> environment, Object... words) throws IOException {
        List<String> command = new ArrayList<>();
        for (Object word : words) {
            command.add(word.toString());
        }
        Path log = Files.createTempFile(folder, "log", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("Still runs after five minutes: " + command);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Output(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
    }

    @BeforeAll
    static void unpack() throws IOException {
        Path somewhere = Files.createDirectories(folder.resolve("some where"));
        assertThat(run(Map.of(), "tar", "-C", somewhere, "-xzf", ARCHIVE).status())
                .isZero();
        sdk = somewhere.resolve("cpi-sdk");
    }

    @Test
    void theExampleIsBuiltTestedAndVerifiedWithAJdkAlone() throws IOException {
        Path jar = folder.resolve("mine.jar");

        Output built = run(
                Map.of("PATH", "/usr/bin:/bin"),
                sdk.resolve("build"),
                sdk.resolve("examples/lxd-storage-cephfs"),
                jar,
                DISTRIBUTION);

        assertThat(built.status()).as(built.text()).isZero();
        assertThat(built.text())
                .doesNotContain("warning")
                .contains("[         0 tests failed          ]", "usable      " + jar)
                .doesNotContain("[         0 tests successful      ]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"provider my-cloud", "storage powerflex", "network ip-vlan", "devices tpm"})
    void aNewPluginOfEachKindIsBuiltAndTestedWithAJdkAlone(String kind) throws IOException {
        String[] words = kind.split(" ", -1);
        Path project = folder.resolve("new-" + words[0]);
        Output made = run(
                Map.of(), DISTRIBUTION.resolve("bin/cpi"), "plugins", "new", words[0], words[1], project.toString());
        assertThat(made.status()).as(made.text()).isZero();

        Output built = run(Map.of(), sdk.resolve("build"), project, folder.resolve(words[0] + ".jar"), DISTRIBUTION);

        assertThat(built.status()).as(built.text()).isZero();
        assertThat(built.text()).contains("[         0 tests failed          ]", "usable      ");
    }

    @Test
    void aPluginThatBreaksItsContractIsNotBuilt() throws IOException {
        Path project = folder.resolve("broken");
        run(Map.of(), "cp", "-R", sdk.resolve("examples/lxd-storage-cephfs"), project);
        Path driver = project.resolve("src/main/java/com/example/cpi/cephfs/CephfsStorageDriver.java");
        Files.writeString(driver, Files.readString(driver).replace("Purpose.ROOT", "Purpose.EPHEMERAL"));

        Output built = run(Map.of(), sdk.resolve("build"), project, folder.resolve("broken.jar"));

        assertThat(built.status()).isNotZero();
        assertThat(built.text())
                .contains("The driver refuses a volume for EPHEMERAL", "say so: by sizes()")
                .doesNotContain("NullPointerException");
        assertThat(folder.resolve("broken.jar")).doesNotExist();
    }

    /** With nothing of this project in Maven's own repository: what it has of others, such as Maven's plugins, it keeps. */
    @Test
    void theExampleIsBuiltAndTestedWithMaven() throws IOException {
        Path known = Path.of(System.getProperty("user.home"), ".m2/repository");
        assumeTrue(Files.isDirectory(known), "Maven has no repository at its usual place");
        Path repository = folder.resolve("m2");
        assertThat(run(Map.of(), "cp", "-Rs", known, repository).status()).isZero();
        run(Map.of(), "rm", "-rf", repository.resolve("io/boshcpi"));
        Path project = folder.resolve("with-maven");
        run(Map.of(), "cp", "-R", sdk.resolve("examples/lxd-storage-cephfs"), project);
        Path here = folder.resolve("sdk");
        run(Map.of(), "cp", "-R", sdk, here);

        Output built = run(
                Map.of("CPI_SDK", here.toString()),
                "mvn",
                "-B",
                "-o",
                "-Daether.offline.protocols=file",
                "-Dmaven.repo.local=" + repository,
                "-gs",
                here.resolve("settings.xml"),
                "-f",
                project.resolve("pom.xml"),
                "package");

        assertThat(built.status()).as(built.text()).isZero();
        assertThat(built.text()).containsPattern("Tests run: [1-9][0-9]*, Failures: 0, Errors: 0, Skipped: 0");
        try (JarFile jar =
                new JarFile(project.resolve("target/lxd-storage-cephfs.jar").toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Plugin-Id"))
                    .isEqualTo("lxd-storage-cephfs");
            assertThat(jar.getEntry("META-INF/extensions.idx")).isNotNull();
        }
        assertThat(repository.resolve("io/boshcpi/lxd-testkit")).isDirectory();
        // JUnit would warn of each link that leads out of the folder.
        assertThat(run(Map.of(), "rm", "-rf", repository).status()).isZero();
    }

    /** With Debian's Gradle, which {@code scripts/test} installs where it can. Left out elsewhere. */
    @Test
    void theExampleIsBuiltAndTestedWithGradle() throws IOException {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/gradle")), "there is no /usr/bin/gradle: apt-get install gradle");
        Path project = folder.resolve("with-gradle");
        run(Map.of(), "cp", "-R", sdk.resolve("examples/lxd-storage-cephfs"), project);

        Output built = run(
                Map.of(
                        "CPI_SDK",
                        sdk.toString(),
                        "GRADLE_USER_HOME",
                        folder.resolve("gradle").toString()),
                "/usr/bin/gradle",
                "--offline",
                "--no-daemon",
                "-p",
                project,
                "build");

        assertThat(built.status()).as(built.text()).isZero();
        assertThat(built.text())
                .contains("[         0 tests failed          ]")
                .doesNotContain("[         0 tests successful      ]");
        Path jar = project.resolve("target/libs/lxd-storage-cephfs.jar");
        Output verified = run(Map.of(), DISTRIBUTION.resolve("bin/cpi"), "plugins", "verify", jar);
        assertThat(verified.status()).as(verified.text()).isZero();
    }

    @Test
    void theRepositoryHasSourcesJavadocAndTheBom() {
        for (String artifact : List.of("cpi-plugin-api", "cpi-plugin-testkit", "lxd-api", "lxd-testkit")) {
            for (String suffix : List.of(".jar", "-sources.jar", "-javadoc.jar", ".pom")) {
                assertThat(sdk.resolve("repository/io/boshcpi/" + artifact))
                        .isDirectoryRecursivelyContaining("glob:**/" + artifact + "-*" + suffix);
            }
        }
        assertThat(sdk.resolve("repository/io/boshcpi/cpi-bom")).isDirectoryRecursivelyContaining("glob:**.pom");
        assertThat(sdk.resolve("javadoc/io/boshcpi/lxd/spi/StorageDriver.html")).exists();
        assertThat(sdk.resolve("javadoc/io/boshcpi/testkit/ProviderConformance.html"))
                .exists();
    }

    /** What Maven and Gradle look for: parents, imported BOMs, and the dependencies that a user of a library gets with it. */
    @Test
    void theRepositoryIsComplete() throws Exception {
        Path repository = sdk.resolve("repository");
        Set<String> missing = new TreeSet<>();
        for (Path pom : files(repository, ".pom")) {
            Element project = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(pom.toFile())
                    .getDocumentElement();
            NodeList parents = project.getElementsByTagName("parent");
            for (int i = 0; i < parents.getLength(); i++) {
                require(repository, (Element) parents.item(i), ".pom", pom, missing);
            }
            boolean hasJar = Files.exists(Path.of(pom.toString().replaceFirst("\\.pom$", ".jar")));
            NodeList dependencies = project.getElementsByTagName("dependency");
            for (int i = 0; i < dependencies.getLength(); i++) {
                Element dependency = (Element) dependencies.item(i);
                boolean managed =
                        dependency.getParentNode().getParentNode().getNodeName().equals("dependencyManagement");
                boolean needed = Set.of("", "compile", "runtime").contains(text(dependency, "scope"))
                        && !text(dependency, "optional").equals("true")
                        && dependency.getParentNode().getParentNode() == project;
                if (managed && text(dependency, "scope").equals("import")) {
                    require(repository, dependency, ".pom", pom, missing);
                } else if (!managed && hasJar && needed) {
                    require(repository, dependency, ".jar", pom, missing);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    /**
     * Notes an artifact that is not there in the version that the POM names; where another POM manages it, in any version.
     */
    private static void require(Path repository, Element coordinates, String suffix, Path by, Set<String> missing)
            throws IOException {
        String group = text(coordinates, "groupId");
        if (group.equals("${project.groupId}") || group.equals("${project.parent.groupId}")) {
            return; // A sibling, which a real dependency on it brings.
        }
        Path artifact = repository.resolve(group.replace('.', '/')).resolve(text(coordinates, "artifactId"));
        String version = filled(repository, by, text(coordinates, "version"));
        Path versioned = artifact.resolve(version);
        if (!Files.isDirectory(versioned) || files(versioned, suffix).isEmpty()) {
            missing.add(by.getFileName() + " needs " + group + ":" + text(coordinates, "artifactId") + ":" + version
                    + suffix);
        }
    }

    /** A text in which a property of the POM or of its parents may stand; empty where neither knows it. */
    private static String filled(Path repository, Path pom, String text) throws IOException {
        if (!text.startsWith("${")) {
            return text;
        }
        Element project;
        try {
            project = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(pom.toFile())
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(e);
        }
        String name = text.substring(2, text.length() - 1);
        NodeList values = project.getElementsByTagName(name);
        if (values.getLength() > 0) {
            return values.item(0).getTextContent().strip();
        }
        NodeList parents = project.getElementsByTagName("parent");
        if (parents.getLength() == 0) {
            return "";
        }
        Element parent = (Element) parents.item(0);
        Path folder = repository
                .resolve(text(parent, "groupId").replace('.', '/'))
                .resolve(text(parent, "artifactId"))
                .resolve(text(parent, "version"));
        return filled(repository, files(folder, ".pom").get(0), text);
    }

    @Test
    void theReadmeTellsTheVersionsThatTheDistributionTells() throws IOException {
        String readme = Files.readString(sdk.resolve("README.md"));
        assertThat(readme).doesNotContain("@");

        Output version = run(Map.of(), DISTRIBUTION.resolve("bin/cpi"), "--version");
        List<String> lines = version.text().lines().toList();
        assertThat(lines).hasSize(3);
        for (String line : lines) {
            String number = line.replaceFirst(" \\(build .*", "").replaceFirst(".* ", "");
            assertThat(readme).as(line).contains(number);
        }
    }

    @Test
    void theDistributionAndTheReleaseAreNotFattened() {
        assertThat(DISTRIBUTION.resolve("sdk")).doesNotExist();
        assertThat(DISTRIBUTION.resolve("javadoc")).doesNotExist();
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    private static String text(Element parent, String name) {
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeName().equals(name)) {
                return node.getTextContent().strip();
            }
        }
        return "";
    }
}
