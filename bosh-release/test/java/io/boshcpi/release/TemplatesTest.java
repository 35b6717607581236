package io.boshcpi.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplatesTest {
    private static final Map<String, Object> LEAST = Map.of("agent.mbus", "nats://10.0.0.1:4222");

    @Test
    void theMessageBusIsAllThatHasToBeGiven() {
        assertThat(Templates.configuration(LEAST))
                .isEqualTo(Map.of(
                        "provider",
                        "lxd",
                        "lxd",
                        Map.of(
                                "project",
                                "default",
                                "failover_urls",
                                List.of(),
                                "profiles",
                                List.of(),
                                "storage_pool",
                                "default",
                                "uptime_repair",
                                true,
                                "disks_follow_vms",
                                true,
                                "disks_follow_max_mib",
                                102400,
                                "allow",
                                Map.of()),
                        "agent",
                        Map.of("mbus", "nats://10.0.0.1:4222", "blobstore", Map.of()),
                        "ntp",
                        List.of(),
                        "plugin_dirs",
                        List.of(),
                        "plugin_timeout",
                        30,
                        "log_level",
                        "info",
                        "call_timeout",
                        3600));
    }

    @Test
    void everyPropertyOfTheSpecArrivesUnderItsOwnName() {
        Map<String, Object> given = new TreeMap<>();
        Repository.jobProperties()
                .forEach((name, property) ->
                        given.put(name, Repository.hash(property).get("example")));

        Map<String, ?> configuration = Templates.configuration(given);

        Map<String, ?> providers = Repository.hash(given.remove("providers"));
        given.forEach(
                (name, value) -> assertThat(at(configuration, name)).as(name).isEqualTo(value));
        providers.forEach(
                (name, section) -> assertThat(at(configuration, name)).as(name).isEqualTo(section));
    }

    @Test
    void anyProviderGetsItsSectionAndCanBeChosen() {
        Map<String, Object> given = new TreeMap<>(LEAST);
        given.put("provider", "mycloud");
        given.put("providers", Map.of("mycloud", Map.of("endpoint", "https://h", "deep", Map.of("list", List.of(1)))));

        Map<String, ?> configuration = Templates.configuration(given);

        assertThat(at(configuration, "provider")).isEqualTo("mycloud");
        assertThat(at(configuration, "mycloud"))
                .isEqualTo(Map.of("endpoint", "https://h", "deep", Map.of("list", List.of(1))));
        assertThat(at(configuration, "lxd.project")).isEqualTo("default");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lxd",
                "agent",
                "ntp",
                "provider",
                "plugin_dirs",
                "plugin_timeout",
                "log_level",
                "call_timeout",
                "stemcell_formats",
                "metrics",
                "plugins",
                "director_uuid",
                "request_id",
                "vm"
            })
    void aProviderThatWouldReplaceSomethingElseIsRefusedByNameAndShowsNoSecret(String name) {
        Map<String, Object> given = new TreeMap<>(LEAST);
        given.put("providers", Map.of(name, Map.of("password", "geheim")));

        Command.Result result = Templates.rendering("cpi.json.erb", given).run();

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.output()).isEmpty();
        assertThat(result.errors()).contains("providers." + name + " ").doesNotContain("geheim");
    }

    @Test
    void pluginsGetTheirConfigurationByTheirIds() {
        Map<String, Object> given = new TreeMap<>(LEAST);
        assertThat(Templates.configuration(given)).doesNotContainKey("plugins");

        given.put("plugins", Map.of("lxd-storage-mine", Map.of("gateway", "https://h")));
        assertThat(at(Templates.configuration(given), "plugins.lxd-storage-mine.gateway"))
                .isEqualTo("https://h");

        given.put("plugins", Map.of("lxd-storage-mine", "geheim"));
        assertThat(Templates.rendering("cpi.json.erb", given).run().errors())
                .contains("plugins must be a hash, with a hash for each ID")
                .doesNotContain("geheim");
    }

    @Test
    void aSectionThatIsNoHashIsRefusedByNameAndShowsNoSecret() {
        Map<String, Object> given = new TreeMap<>(LEAST);
        given.put("providers", Map.of("mycloud", "geheim"));
        assertThat(Templates.rendering("cpi.json.erb", given).run().errors())
                .contains("providers.mycloud must be a hash")
                .doesNotContain("geheim");

        given.put("providers", List.of("geheim"));
        assertThat(Templates.rendering("cpi.json.erb", given).run().errors())
                .contains("providers must be a hash")
                .doesNotContain("geheim");
    }

    @Test
    void nothingIsConfiguredThatTheSpecDoesNotDeclare() {
        Map<String, Object> given = new TreeMap<>();
        Repository.jobProperties()
                .forEach((name, property) ->
                        given.put(name, Repository.hash(property).get("example")));
        given.remove("providers");

        List<String> names = new ArrayList<>(names(Templates.configuration(given)));
        names.add("providers");
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(Repository.jobProperties().keySet());
    }

    @Test
    void metricsAreWrittenOnlyWhenAFileIsNamed() {
        Map<String, Object> given = new TreeMap<>(LEAST);
        given.put("metrics.interval", 5);
        assertThat(names(Templates.configuration(given))).noneMatch(name -> name.startsWith("metrics"));

        given.remove("metrics.interval");
        given.put("metrics.file", "/var/vcap/sys/run/lxd_cpi/lxd_cpi.prom");
        assertThat(Templates.configuration(given))
                .containsEntry("metrics", Map.of("file", "/var/vcap/sys/run/lxd_cpi/lxd_cpi.prom", "interval", 15));
    }

    @Test
    void aMissingMessageBusIsNamed() {
        Command.Result result = Templates.rendering("cpi.json.erb", Map.of()).run();

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.errors()).contains("agent.mbus");
    }

    @Test
    void aUrlWithoutCertificateOrKeyIsRefusedByName() {
        Map<String, Object> given = new TreeMap<>(LEAST);
        given.put("lxd.url", "https://10.0.0.1:8443");
        assertThat(Templates.rendering("cpi.json.erb", given).run().errors()).contains("lxd.client_certificate");

        given.put("lxd.client_certificate", "PEM");
        assertThat(Templates.rendering("cpi.json.erb", given).run().errors()).contains("lxd.client_key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "double \" and single ' quotes",
                "back\\slash and \\n no newline",
                "two\nlines\r\nand\ttabs",
                "Größe, 网络, emoji \uD83D\uDE00, line separator \u2028",
                "${HOME} $(id) `id` #{1 + 1} <%= 1 + 1 %>",
                "-----BEGIN CERTIFICATE-----\nMIIB+/=\n-----END CERTIFICATE-----\n",
                "</script>, & and control \u0001",
                " blanks around ",
                "~",
                "null"
            })
    void anyTextArrivesAsItIs(String text) {
        Map<String, Object> given = new TreeMap<>(LEAST);
        given.put("lxd.client_key", text);
        given.put("lxd.profiles", List.of(text));
        given.put("agent.blobstore", Map.of("provider", "dav", "options", Map.of(text, text)));

        Map<String, ?> configuration = Templates.configuration(given);

        assertThat(at(configuration, "lxd.client_key")).isEqualTo(text);
        assertThat(at(configuration, "lxd.profiles")).isEqualTo(List.of(text));
        assertThat(at(configuration, "agent.blobstore"))
                .isEqualTo(Map.of("provider", "dav", "options", Map.of(text, text)));
    }

    @Test
    void anOperatorWithoutALocaleGetsTheSameConfiguration() {
        Map<String, Object> given = new TreeMap<>(LEAST);
        given.put("lxd.client_key", "Größe");

        String output = Templates.rendering("cpi.json.erb", given)
                .with("LC_ALL", "C")
                .run()
                .succeeded()
                .output();

        assertThat(at(Templates.parsed(output), "lxd.client_key")).isEqualTo("Größe");
    }

    @Test
    void aSwitchThatIsOffStaysOff() {
        Map<String, Object> given = new TreeMap<>(LEAST);
        given.put("lxd.uptime_repair", false);

        assertThat(at(Templates.configuration(given), "lxd.uptime_repair")).isEqualTo(false);
    }

    @Test
    void theExecutableFindsPackageAndConfigurationWhereCreateEnvPutsThem(@TempDir Path folder) throws IOException {
        assertThat(standIn(folder).lines())
                .containsExactly("--config", "/some jobs/lxd_cpi/config/cpi.json", "request");
    }

    @Test
    void aPersonsCommandGetsTheConfigurationToo(@TempDir Path folder) throws IOException {
        assertThat(standIn(folder, "plugins", "--json").lines())
                .containsExactly("plugins", "--json", "--config", "/some jobs/lxd_cpi/config/cpi.json", "request");
        assertThat(standIn(folder, "--help").lines()).containsExactly("--help", "request");
    }

    @Test
    void theExecutableNeedsNothingOfTheEnvironmentOnADirector(@TempDir Path folder) throws IOException {
        Command.Result result = Command.of(rendered(folder)).run();

        assertThat(result.exitCode()).isEqualTo(127);
        assertThat(result.errors()).contains("/var/vcap/packages/lxd_cpi/bin/cpi");
    }

    /** Runs the executable with a stand-in for the distribution's that prints its arguments and its input. */
    private static Command.Result standIn(Path folder, String... arguments) throws IOException {
        executable(folder.resolve("my packages/lxd_cpi/bin/cpi"), "#!/bin/sh\nprintf '%s\\n' \"$@\"; cat\n");
        List<Object> words = new ArrayList<>(List.of(arguments));
        words.add(0, rendered(folder));
        return Command.of(words.toArray())
                .with("BOSH_PACKAGES_DIR", folder.resolve("my packages"))
                .with("BOSH_JOBS_DIR", "/some jobs")
                .reading("request")
                .run()
                .succeeded();
    }

    private static Path rendered(Path folder) throws IOException {
        String text = Templates.rendering("cpi.erb", LEAST).run().succeeded().output();
        return executable(folder.resolve("cpi"), text);
    }

    private static Path executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private static @Nullable Object at(Map<String, ?> configuration, String name) {
        @Nullable Object place = configuration;
        for (String key : name.split("\\.", -1)) {
            place = Repository.hash(place).get(key);
        }
        return place;
    }

    /** The dotted names of all values; those of a blobstore are one value. */
    private static List<String> names(Map<String, ?> configuration) {
        return configuration.entrySet().stream()
                .flatMap(entry -> List.of("lxd", "agent", "metrics").contains(entry.getKey())
                        ? Repository.hash(entry.getValue()).keySet().stream().map(key -> entry.getKey() + "." + key)
                        : List.of(entry.getKey()).stream())
                .toList();
    }
}
