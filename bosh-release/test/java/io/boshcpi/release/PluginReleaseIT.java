package io.boshcpi.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The example of a release that brings a plugin to the CPI: made by its own script, its package compiled, the CPI's job
 * rendered with what the ops file says, and the CPI asked for its plugins.
 */
@Tag("distribution")
class PluginReleaseIT {
    private static final Path EXAMPLE = Repository.root().resolve("docs/examples/plugin-release");
    private static final Path DISTRIBUTION = Repository.root().resolve("distribution/target/cpi");
    private static final String JOB = "lxd_cpi_cephfs";
    private static final String CREATE_ENV = "/cloud_provider/properties";
    private static final String DIRECTOR = "/instance_groups/name=bosh/properties";

    /** The packages and jobs of create-env, or of a Director. */
    @TempDir
    static Path folder;

    @BeforeAll
    static void install() throws IOException {
        Path examples = Files.createDirectories(folder.resolve("examples"));
        Path release = examples.resolve("plugin-release");
        Command.of("cp", "-R", EXAMPLE, EXAMPLE.resolveSibling("lxd-storage-cephfs"), examples)
                .run()
                .succeeded();
        tool(release.resolve("build"), DISTRIBUTION, "stage").run().succeeded();
        for (Object name : Repository.list(spec(release, "jobs/" + JOB).get("packages"))) {
            compile(release, String.valueOf(name));
        }
        Files.createSymbolicLink(folder.resolve("packages/lxd_cpi"), DISTRIBUTION);
    }

    /** JUnit would warn of a link that leads out of the folder. */
    @AfterAll
    static void unlink() throws IOException {
        Files.delete(folder.resolve("packages/lxd_cpi"));
    }

    /** The package as the agent and create-env make it: of the files that its spec names, and of nothing else. */
    private static void compile(Path release, String name) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("compile/" + name));
        for (Object glob : Repository.list(spec(release, "packages/" + name).get("files"))) {
            List<Path> files = matching(release.resolve("src"), String.valueOf(glob));
            assertThat(files).as("files of %s", glob).isNotEmpty();
            for (Path file : files) {
                Path copy = sources.resolve(release.resolve("src").relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Command.of("bash", "-x", release.resolve("packages/" + name + "/packaging"))
                .in(sources)
                .with("PATH", "/usr/bin:/bin")
                .with("BOSH_INSTALL_TARGET", folder.resolve("packages/" + name))
                .run()
                .succeeded();
    }

    @ParameterizedTest
    @ValueSource(strings = {CREATE_ENV, DIRECTOR})
    void theCpiHasThePluginThatTheOpsFileAdds(String place) {
        Map<String, Object> given = given(place);
        assertThat(given.get("plugin_dirs")).isEqualTo(List.of("/var/vcap/packages/" + JOB));
        render(given);

        Command.Result plugins = cpi("plugins", "--json").run().succeeded();

        assertThat(plugins.output()).contains("lxd-storage-cephfs", folder.resolve("packages/" + JOB) + "/");
        assertThat(answer()).containsEntry("error", null);
    }

    @Test
    void thePluginHasAPlaceInTheConfigurationAndOneThatIsNotThereHasNone() {
        Map<String, Object> given = given(DIRECTOR);
        given.put("plugins", Map.of("lxd-storage-cephfs", Map.of()));
        render(given);
        assertThat(answer()).containsEntry("error", null);

        given.put("plugins", Map.of("lxd-storage-cephfss", Map.of()));
        render(given);
        assertThat(answer().toString())
                .contains(
                        "configuration.plugins.lxd-storage-cephfss is not known here; did you mean lxd-storage-cephfs?");
    }

    @Test
    void withoutTheReleaseThePlaceWhereItShouldBeIsNamed() {
        Map<String, Object> given = given(CREATE_ENV);
        given.put("plugin_dirs", List.of("/var/vcap/packages/lxd_cpi_absent"));
        render(given);

        assertThat(answer().toString())
                .contains(folder.resolve("packages/lxd_cpi_absent") + ": does not exist")
                .contains("plugin_dirs");
    }

    @Test
    void withoutThePropertyThereIsNoPlugin() {
        Map<String, Object> given = given(CREATE_ENV);
        given.remove("plugin_dirs");
        render(given);

        assertThat(cpi("plugins").run().succeeded().output()).doesNotContain("cephfs");
    }

    @Test
    void aProviderOfAnotherReleaseAnswersWithItsOwnSection() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("packages/my_cloud"));
        Path project = folder.resolve("my-cloud");
        tool(DISTRIBUTION.resolve("bin/cpi"), "plugins", "new", "provider", "my-cloud", project)
                .run()
                .succeeded();
        tool(project.resolve("build"), DISTRIBUTION, mine.resolve("my-cloud.jar"))
                .run()
                .succeeded();
        Map<String, Object> given = given(DIRECTOR);
        given.put("plugin_dirs", List.of("/var/vcap/packages/my_cloud"));
        given.put("provider", "my-cloud");
        String cloud = folder.resolve("cloud").toString();

        given.put("providers", Map.of("my-cloud", Map.of("folder", cloud)));
        render(given);
        assertThat(answer()).containsEntry("error", null).containsEntry("result", Map.of("cpu", 2, "ram", 1024));

        given.put("providers", Map.of("my-cloud", Map.of("foldr", cloud)));
        render(given);
        assertThat(answer().toString()).contains("my-cloud.foldr is not known here; did you mean folder?");

        given.put("providers", Map.of("my-clod", Map.of("folder", cloud)));
        render(given);
        assertThat(answer().toString()).contains("my-clod is not known here; did you mean my-cloud?");
    }

    @Test
    void createEnvAndDirectorGetTheCpisJobAndThePlugins() {
        Manifest manifest = manifest();

        assertThat(Repository.list(manifest.get("/cloud_provider/templates")))
                .containsExactly(
                        Map.of("name", "lxd_cpi", "release", "bosh-lxd-cpi"),
                        Map.of("name", JOB, "release", "lxd-cpi-cephfs"));
        assertThat(Repository.list(manifest.get("/instance_groups/name=bosh/jobs")))
                .contains(
                        Map.of("name", "lxd_cpi", "release", "bosh-lxd-cpi"),
                        Map.of("name", JOB, "release", "lxd-cpi-cephfs"));
        assertThat(Repository.hash(manifest.get("/releases/name=lxd-cpi-cephfs")))
                .containsEntry("url", "file:///tmp/plugin.tgz");
    }

    @Test
    void whatIsThereAlreadyIsAddedToAndNotDoubled() {
        Manifest twice = manifest().apply(EXAMPLE.resolve("ops/add-plugin.yml"));

        assertThat(Repository.list(twice.get("/cloud_provider/templates"))).hasSize(2);
        assertThat(Repository.list(twice.get(CREATE_ENV + "/plugin_dirs"))).hasSize(2);
    }

    /** What `bosh create-release` and `bosh create-env` insist on. */
    @Test
    void theReleaseIsOne() {
        Map<String, @Nullable Object> job = spec(EXAMPLE, "jobs/" + JOB);
        assertThat(job).containsEntry("name", JOB);
        assertThat(Repository.hash(job.get("templates")).values()).doesNotContain("bin/cpi");
        assertThat(EXAMPLE.resolve("jobs/" + JOB + "/monit")).exists();
        assertThat(EXAMPLE.resolve("config/blobs.yml")).hasContent("--- {}");
        for (Object name : Repository.list(job.get("packages"))) {
            assertThat(spec(EXAMPLE, "packages/" + name)).containsEntry("name", name);
        }
        Manifest manifest = manifest();
        Object name = Repository.hash(Repository.yaml(EXAMPLE.resolve("config/final.yml")))
                .get("name");
        assertThat(Repository.hash(manifest.get("/releases/name=" + name))).containsEntry("version", "latest");
    }

    private static Manifest manifest() {
        return Manifest.of(Repository.release().resolve("test/manifests/bosh.yml"))
                .apply(Repository.manifests().resolve("cpi.yml"))
                .apply(EXAMPLE.resolve("ops/add-plugin.yml"))
                .fill(Map.of("plugin_release", "/tmp/plugin.tgz"));
    }

    /** The properties of one of the two roles of the CPI, those of the job alone. */
    private static Map<String, Object> given(String place) {
        Map<String, @Nullable Object> all = Repository.hash(manifest().get(place));
        Map<String, Object> given = new TreeMap<>();
        for (String name : Repository.jobProperties().keySet()) {
            Object value = all;
            for (String key : name.split("\\.", -1)) {
                value = value instanceof Map ? Repository.hash(value).get(key) : null;
            }
            if (value != null) {
                given.put(name, value);
            }
        }
        given.put("agent.mbus", "nats://10.0.0.1:4222");
        given.put("lxd.socket", "/nowhere/unix.socket");
        return given;
    }

    private static void render(Map<String, ?> properties) {
        Templates.install(folder.resolve("jobs"), properties);
    }

    /** A call that needs the whole configuration and the provider, and asks no server. */
    private static Map<String, @Nullable Object> answer() {
        return Templates.parsed(cpi().reading("""
                        {"method":"calculate_vm_cloud_properties",
                         "arguments":[{"cpu":2,"ram":1024,"ephemeral_disk_size":2048}],
                         "context":{"director_uuid":"d","request_id":"r"}}
                        """).run().succeeded().output());
    }

    private static Command cpi(Object... words) {
        return tool(folder.resolve("jobs/lxd_cpi/bin/cpi"), words)
                .with("BOSH_PACKAGES_DIR", folder.resolve("packages"))
                .with("BOSH_JOBS_DIR", folder.resolve("jobs"));
    }

    /** A program that needs a JDK: the one that the tests run on. */
    private static Command tool(Path program, Object... words) {
        List<Object> all = new ArrayList<>(List.of(words));
        all.add(0, program);
        return Command.of(all.toArray()).in(folder).with("JAVA_HOME", System.getProperty("java.home"));
    }

    private static Map<String, @Nullable Object> spec(Path release, String of) {
        return Repository.hash(Repository.yaml(release.resolve(of).resolve("spec")));
    }

    private static List<Path> matching(Path folder, String glob) throws IOException {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> matcher.matches(folder.relativize(file)))
                    .toList();
        }
    }
}
