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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The release as `bosh create-env` installs it: the package compiled from what was staged, the job rendered, and
 * bin/cpi started with nothing in its environment that would help it to find a Java.
 */
@Tag("distribution")
class InstalledReleaseIT {
    /** A method that needs the whole configuration and asks no server. */
    private static final String PURE_CALL = """
            {"method":"calculate_vm_cloud_properties","arguments":[{"cpu":2,"ram":1024,"ephemeral_disk_size":2048}],
             "context":{"director_uuid":"d","request_id":"r"}}
            """;

    @TempDir
    static Path folder;

    @BeforeAll
    static void compile() {
        Command.of("bash", "-x", Repository.release().resolve("packages/lxd_cpi/packaging"))
                .in(Repository.release().resolve("src"))
                .with("PATH", "/usr/bin:/bin")
                .with("BOSH_INSTALL_TARGET", folder.resolve("packages/lxd_cpi"))
                .run()
                .succeeded();
    }

    @Test
    void infoIsAnsweredByTheRuntimeOfTheRelease() throws IOException {
        render(Map.of("agent.mbus", "nats://10.0.0.1:4222"));

        Command.Result result =
                cpi("{\"method\":\"info\",\"arguments\":[],\"context\":{\"director_uuid\":\"d\"},\"api_version\":1}");

        assertThat(result.lines()).hasSize(1);
        assertThat(Templates.parsed(result.output())).containsEntry("error", null);
        assertThat(folder.resolve("packages/lxd_cpi/runtime/bin/java")).isExecutable();
    }

    @Test
    void everyPropertyIsOneThatTheHostAndTheProviderKnow() throws IOException {
        Map<String, Object> given = new TreeMap<>();
        Repository.jobProperties()
                .forEach((name, property) ->
                        given.put(name, Repository.hash(property).get("example")));
        given.remove("lxd.socket"); // It excludes the URL,
        given.remove("lxd.ca_certificate"); // and this the server's own certificate,
        String[] pem = certificate();
        given.put("lxd.client_certificate", pem[0]);
        given.put("lxd.client_key", pem[1]);
        given.put("lxd.server_certificate", pem[0]);
        given.remove("plugin_dirs"); // and the examples of plugins are not on this machine.
        given.remove("providers");
        given.remove("plugins");

        render(given);
        assertThat(answer(PURE_CALL)).containsEntry("error", null);

        given.keySet().removeIf(name -> name.startsWith("lxd."));
        given.put("lxd.socket", "/nowhere/unix.socket");
        render(given);
        assertThat(answer(PURE_CALL)).containsEntry("error", null);
    }

    @Test
    void aCallFailsOnlyWhenItComesToConnecting() throws IOException {
        render(Map.of("agent.mbus", "nats://10.0.0.1:4222", "lxd.socket", "/nowhere/unix.socket"));

        Map<String, @Nullable Object> error = Repository.hash(
                answer("{\"method\":\"has_vm\",\"arguments\":[\"vm-1\"],\"context\":{\"director_uuid\":\"d\"}}")
                        .get("error"));

        assertThat(String.valueOf(error.get("message"))).contains("/nowhere/unix.socket");
    }

    @Test
    void whatIsWrongInTheConfigurationIsNamed() throws IOException {
        render(Map.of(
                "agent.mbus",
                "x",
                "lxd.socket",
                "/s",
                "lxd.url",
                "https://h",
                "lxd.client_certificate",
                "c",
                "lxd.client_key",
                "k"));
        assertThat(answer(PURE_CALL).toString()).contains("lxd.socket and lxd.url");

        render(Map.of(
                "agent.mbus", "x", "lxd.url", "https://h:8443", "lxd.client_certificate", "c", "lxd.client_key", "k"));
        assertThat(answer(PURE_CALL).toString()).contains("lxd.*", "client certificate");

        render(Map.of("agent.mbus", "x", "log_level", "loud"));
        assertThat(answer(PURE_CALL).toString()).contains("log_level");

        render(Map.of("agent.mbus", "x", "call_timeout", 0));
        assertThat(answer(PURE_CALL).toString()).contains("call_timeout");

        render(Map.of("agent.mbus", "x", "lxd.profiles", "one"));
        assertThat(answer(PURE_CALL).toString()).contains("lxd.profiles");
    }

    @Test
    void theRuntimeHasTheModulesThatTheJarsNeed() throws IOException {
        Path cpi = folder.resolve("packages/lxd_cpi");
        String jars = "jdeps --print-module-deps --ignore-missing-deps --multi-release 17 --class-path 'lib/*'"
                + " lib/*.jar plugins/*.jar | tail -n 1";
        String needed = Command.of("bash", "-c", jars)
                .in(cpi)
                .run()
                .succeeded()
                .output()
                .strip();

        List<String> there = Command.of(cpi.resolve("runtime/bin/java"), "--list-modules").run().lines().stream()
                .map(line -> line.replaceFirst("@.*", ""))
                .toList();

        assertThat(there).containsAll(withoutOptional(needed));
    }

    /** jackson-databind reads annotations of java.beans if the runtime has them. */
    private static List<String> withoutOptional(String modules) {
        List<String> needed = new ArrayList<>(List.of(modules.split(",", -1)));
        needed.remove("java.desktop");
        return needed;
    }

    @Test
    void theCommandsThatPrintJsonNeedNoOtherModules() {
        Command.Result result = Command.of(folder.resolve("packages/lxd_cpi/bin/cpi"), "plugins", "--json")
                .run()
                .succeeded();

        assertThat(Templates.parsed(result.output()).toString()).contains("id=lxd-storage-zfs");
    }

    @Test
    void theCompiledPackageHasTheArchiveOfClassesAndTheLauncher() {
        Path cpi = folder.resolve("packages/lxd_cpi");

        assertThat(cpi.resolve("lib/cpi.jsa")).exists();
        assertThat(cpi.resolve("bin/cpi-host")).isExecutable();
    }

    @Test
    void theBillOfMaterialsHasTheLibrariesAndTheRuntime() throws IOException {
        Path cpi = folder.resolve("packages/lxd_cpi");
        Map<String, String> versions = new TreeMap<>();
        assertThat(cpi.resolve("sbom.json"))
                .as("made by a build that is online")
                .exists();
        for (Object component : Repository.list(
                Templates.parsed(Files.readString(cpi.resolve("sbom.json"))).get("components"))) {
            Map<String, Object> fields = Repository.hash(component);
            versions.put(String.valueOf(fields.get("name")), String.valueOf(fields.get("version")));
        }

        assertThat(versions).containsKeys("pf4j", "jackson-databind", "junixsocket-common", "openjdk");
        String runtime =
                Command.of(cpi.resolve("runtime/bin/java"), "-version").run().errors();
        assertThat(runtime).contains("build " + versions.get("openjdk"));
    }

    @Test
    void theRuntimeStartsWithTheArchiveOfTheJdksClasses() {
        Command.Result result = Command.of(
                        folder.resolve("packages/lxd_cpi/runtime/bin/java"), "-Xshare:on", "-version")
                .run()
                .succeeded();

        assertThat(result.errors()).contains("sharing");
    }

    /** A certificate and its key. */
    private static String[] certificate() throws IOException {
        Path key = folder.resolve("key.pem");
        String text = Command.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-nodes",
                        "-subj",
                        "/CN=test",
                        "-keyout",
                        key)
                .run()
                .succeeded()
                .output();
        return new String[] {text, Repository.read(key)};
    }

    private static void render(Map<String, ?> properties) {
        Templates.install(folder.resolve("jobs"), properties);
    }

    private static Map<String, @Nullable Object> answer(String request) {
        return Templates.parsed(cpi(request).output());
    }

    private static Command.Result cpi(String request) {
        return Command.of(folder.resolve("jobs/lxd_cpi/bin/cpi"))
                .in(Path.of("/"))
                .with("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
                .with("BOSH_PACKAGES_DIR", folder.resolve("packages"))
                .with("BOSH_JOBS_DIR", folder.resolve("jobs"))
                .reading(request)
                .run()
                .succeeded();
    }
}
