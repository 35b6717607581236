package io.boshcpi.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.core.testing.PluginBuilder;
import io.boshcpi.core.testing.TestHost.Answer;
import io.boshcpi.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another product, assembled of the same host, launcher and scripts with a provider of its own. */
@Tag("distribution")
@Timeout(180)
class SecondProductIT {
    private static final String INFO = "{\"method\":\"info\",\"arguments\":[]}";
    private static final String HAS_VM = "{\"method\":\"has_vm\",\"arguments\":[\"vm-1\"]}";
    private static final String CONFIG = "/var/vcap/jobs/toy_cpi/config/toy.json";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Path home;

    @SuppressWarnings("NullAway.Init")
    private static Path socket;

    @SuppressWarnings("NullAway.Init")
    private static CpiProcess cpi;

    @BeforeAll
    static void assemble() throws Exception {
        folder = folder.toRealPath();
        home = folder.resolve("toy");
        socket = folder.resolve("toy.sock");
        copy(Path.of("src/main/home"), home);
        try (Stream<Path> files = Files.list(CpiProcess.distribution().resolve("lib"))) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.copy(jar, home.resolve("lib").resolve(jar.getFileName()));
            }
        }
        Files.copy(Path.of("launcher/cpi.c"), home.resolve("lib/cpi.c"));
        Files.createDirectories(home.resolve("plugins"));
        PluginBuilder.example().build(home.resolve("plugins/toy.jar"));
        writeProduct();
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        run(java, "-cp", home + "/lib/*", "io.boshcpi.distribution.assembly.Assemble", home.toString());
        run(home.resolve("bin/cpi-prepare").toString());
        cpi = CpiProcess.of(home.resolve("bin/cpi"), folder);
    }

    /** Its properties, and what it is trained with: its provider asks no server. */
    private static void writeProduct() throws IOException {
        Files.writeString(home.resolve("lib/product.properties"), """
                product.title=A BOSH CPI for toys
                product.version=7.0.0
                product.config=%s
                product.socket=%s
                """.formatted(CONFIG, socket));
        Path training = home.resolve("lib/training");
        Files.createDirectories(training.resolve("configurations"));
        Files.writeString(training.resolve("calls.jsonl"), INFO + "\n" + HAS_VM + "\n");
        Files.writeString(training.resolve("recording.jsonl"), "");
        Files.writeString(training.resolve("generated-ids"), "vm-[0-9a-f-]{36}\n");
        Files.writeString(
                training.resolve("configurations/toy.json"),
                "{\"provider\":\"example\",\"example\":{\"folder\":\"${folder}\"}}");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        for (String script : List.of("cpi-cold", "cpi-host", "cpi-prepare")) {
            assertThat(to.resolve("bin").resolve(script).toFile().setExecutable(true))
                    .isTrue();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static String configuration() throws IOException {
        return Files.writeString(
                        folder.resolve("cpi.json"),
                        Json.write(Map.of("provider", "example", "example", Map.of("folder", folder + "/cloud"))))
                .toString();
    }

    @Test
    void itTellsItsOwnNameVersionAndPaths() {
        assertThat(cpi.run(new byte[0], "--help").stdout()).contains("A BOSH CPI for toys.");
        assertThat(cpi.run(new byte[0], "--version").stdout()).startsWith("cpi 7.0.0 (build ");
        assertThat(cpi.run(new byte[0], "doctor", "--help").stdout()).contains(CONFIG);
        assertThat(cpi.run(new byte[0], "plugins").stdout())
                .contains("example 1.0.0", "(bundled)")
                .doesNotContain("lxd");
    }

    @Test
    void itAnswersColdCallsFromAnArchiveOfItsOwn() throws IOException {
        String config = configuration();
        assertThat(cpi.call(INFO, "--config", config, "--socket", "/nowhere").result())
                .isEqualTo(Map.of("api_version", 3, "stemcell_formats", List.of("example-tar", "general-tar")));
        assertThat(cpi.call(HAS_VM, "--config", config, "--socket", "/nowhere").result())
                .isEqualTo(false);
        assertThat(home.resolve("lib/cpi.jsa.sum")).exists();
    }

    @Test
    void itsConfigurationIsExpectedAtAPlaceOfItsOwn() throws IOException {
        assertThat(cpi.call(INFO).message()).contains(CONFIG + " does not exist");
        Path job = Files.createDirectories(folder.resolve("jobs/toy_cpi/config"));
        Files.copy(Path.of(configuration()), job.resolve("toy.json"));
        CpiProcess onDirector =
                cpi.with(Map.of("BOSH_JOBS_DIR", folder.resolve("jobs").toString()));
        assertThat(onDirector.call(INFO).result()).isNotNull();
    }

    @Test
    void itsLauncherAndItsResidentHostMeetAtASocketOfItsOwn() throws Exception {
        String config = configuration();
        Process host = new ProcessBuilder(home.resolve("bin/cpi-host").toString(), "--config", config)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("host.log").toFile())
                .start();
        try {
            while (!Files.exists(socket)) {
                assertThat(host.isAlive()).isTrue();
                Thread.onSpinWait();
            }
            Map<String, String> talking = Map.of("PATH", "/usr/bin:/bin", "CPI_LAUNCHER_DEBUG", "1");
            for (String request : List.of(INFO, HAS_VM)) {
                Answer answer = cpi.with(talking).call(request, "--config", config);
                assertThat(answer.result()).isNotNull();
                assertThat(answer.stderr()).doesNotContain("not served by a resident host");
            }
        } finally {
            host.destroy();
            assertThat(host.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void noFileOfItNamesTheFirstProduct() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                boolean text = !file.toString().matches(".*(\\.jar|\\.jsa|/bin/cpi)");
                if (text) {
                    assertThat(Files.readString(file)).as(file.toString()).doesNotContainIgnoringCase("lxd", "incus");
                }
            }
        }
    }
}
