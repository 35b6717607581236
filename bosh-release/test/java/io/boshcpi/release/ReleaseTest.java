package io.boshcpi.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What `bosh create-release` and `bosh create-env` insist on, and what an operator may expect of a spec. */
class ReleaseTest {
    private static final Map<String, @Nullable Object> SPEC =
            Repository.hash(Repository.yaml(Repository.job().resolve("spec")));

    @Test
    void createEnvFindsTheOneExecutable() {
        assertThat(Repository.hash(SPEC.get("templates"))).containsEntry("cpi.erb", "bin/cpi");
        assertThat(SPEC.get("name")).isEqualTo(Repository.job().getFileName().toString());
        assertThat(Repository.job().resolve("monit")).exists();
    }

    @Test
    void theSpecListsTheTemplatesThatThereAre() throws IOException {
        assertThat(files(Repository.job().resolve("templates")))
                .containsExactlyInAnyOrderElementsOf(
                        Repository.hash(SPEC.get("templates")).keySet());
    }

    @Test
    void theJobsPackagesAreInTheRelease() throws IOException {
        for (Object name : Repository.list(SPEC.get("packages"))) {
            Path folder = Repository.release().resolve("packages/" + name);
            assertThat(Repository.hash(Repository.yaml(folder.resolve("spec")))).containsEntry("name", name);
            assertThat(folder.resolve("packaging")).exists();
        }
    }

    @Test
    void monitStartsAndStopsWhatIsInTheJob() {
        String monit = Repository.read(Repository.job().resolve("monit"));
        for (Object target : Repository.hash(SPEC.get("templates")).values()) {
            monit = monit.replace("/var/vcap/jobs/lxd_cpi/" + target, "a script");
        }

        assertThat(monit).contains("start program \"a script start\"", "stop program \"a script stop\"");
    }

    @Test
    void everyPropertyIsDescribedAndHasAnExample() {
        Repository.jobProperties().forEach((name, value) -> {
            Map<String, @Nullable Object> property = Repository.hash(value);
            assertThat(property).as(name).containsKeys("description", "example");
            assertThat(String.valueOf(property.get("description")).strip())
                    .as(name)
                    .endsWith(".");
        });
    }

    @Test
    void theDocumentationOfTheConfigurationIsTheSpecs() {
        String generated = Command.of(
                        "ruby", "configuration-docs", Repository.job().resolve("spec"))
                .run()
                .succeeded()
                .output();

        assertThat(Repository.read(Repository.root().resolve("docs/configuration.md")))
                .as("run bosh-release/configuration-docs bosh-release/jobs/lxd_cpi/spec >docs/configuration.md")
                .isEqualTo(generated);
    }

    @Test
    void everyScriptIsCleanInTheEyesOfShellcheck() throws IOException {
        List<Object> words = new ArrayList<>(List.of("shellcheck", "--shell=bash"));
        Set<String> scripts = new TreeSet<>(List.of(
                "build",
                "packages/lxd_cpi/packaging",
                "jobs/lxd_cpi/templates/cpi.erb",
                "jobs/lxd_cpi/templates/host-ctl.erb",
                "jobs/lxd_cpi/templates/pre-start.erb",
                "../manifests/util",
                "../docs/examples/plugin-release/build",
                "../docs/examples/plugin-release/packages/lxd_cpi_cephfs/packaging",
                "../docs/examples/lxd-storage-cephfs/build"));
        words.addAll(scripts);

        assertThat(Command.of(words.toArray()).run().output()).isEmpty();
    }

    @Test
    void theProductsDefaultPathsAreThoseOfTheJob() throws IOException {
        Properties product = new Properties();
        try (Reader reader = Files.newBufferedReader(Repository.root().resolve("distribution/product.properties"))) {
            product.load(reader);
        }
        String hostControl = Repository.read(Repository.job().resolve("templates/host-ctl.erb"));

        assertThat(hostControl).contains("--config " + product.getProperty("product.config") + " ");
        assertThat(product.getProperty("product.config"))
                .isEqualTo("/var/vcap/jobs/" + Repository.job().getFileName() + "/config/cpi.json");
        assertThat(hostControl)
                .contains("sockets="
                        + Path.of(product.getProperty("product.socket")).getParent());
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
