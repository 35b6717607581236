package io.boshcpi.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.core.rpc.Documents;
import io.boshcpi.core.testing.Mutations;
import io.boshcpi.core.testing.PluginBuilder;
import io.boshcpi.core.testing.TestHost.Answer;
import io.boshcpi.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The built distribution as a Director and a person start it. */
@Tag("distribution")
class LauncherIT {
    private static final String INFO = "{\"method\":\"info\",\"arguments\":[]}";
    private static final String HAS_VM = "{\"method\":\"has_vm\",\"arguments\":[\"vm-1\"]}";
    private static final Map<String, String> NOTHING = Map.of();

    @TempDir
    private static Path shared;

    /** A copy of the distribution with the example provider, which no test changes. */
    private static Path home;

    @TempDir
    private Path folder;

    private CpiProcess cpi;
    private Path config;

    @BeforeAll
    static void dropIn() {
        home = CpiProcess.copyOfDistribution(shared.resolve("cpi"));
        PluginBuilder.example().build(home.resolve("plugins/example.jar"));
    }

    @BeforeEach
    void setUp() throws IOException {
        config = Files.writeString(
                folder.resolve("cpi.json"),
                Json.write(Map.of("provider", "example", "example", Map.of("folder", folder + "/cloud"))));
        cpi = CpiProcess.of(home.resolve("bin/cpi"), folder);
    }

    private static String createVm(String cloudProperties) {
        return "{\"method\":\"create_vm\",\"arguments\":[\"agent-1\",\"sc-1\"," + cloudProperties
                + ",{\"größe ✓\":{\"type\":\"dynamic\"}},[],{\"bosh\":{\"password\":\"$6$salt$abcdefgh12345678\"}}]}";
    }

    @Test
    void thePackagedDistributionAnswersInfoWithoutLoadingAPlugin() throws IOException {
        Files.writeString(config, "{}");
        Answer answer = CpiProcess.of(CpiProcess.distribution().resolve("bin/cpi"), folder)
                .call(INFO, "--config", config.toString());
        assertThat(answer.result()).isInstanceOf(Map.class).asString().contains("api_version=3", "warden-tar");
    }

    @Test
    void itWorksInAnEmptyEnvironmentFromAnyFolderAndThroughLinks() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), home.resolve("bin/cpi"));
        Path second = Files.createSymbolicLink(folder.resolve("second link"), Path.of("link"));
        for (Path launcher : List.of(link, second)) {
            Answer answer = CpiProcess.of(launcher, folder).with(NOTHING).call(INFO, "--config", "cpi.json");
            assertThat(answer.result()).asString().contains("example-tar");
        }
    }

    @Test
    void theConfigurationIsFoundByDefaultWhereTheJobHasIt() throws IOException {
        Path job = Files.createDirectories(folder.resolve("jobs/lxd_cpi/config"));
        Files.move(config, job.resolve("cpi.json"));
        assertThat(cpi.with(Map.of("BOSH_JOBS_DIR", folder.resolve("jobs").toString()))
                        .call(INFO)
                        .result())
                .isNotNull();
        assertThat(cpi.call(INFO).message()).contains("/var/vcap/jobs/lxd_cpi/config/cpi.json does not exist");
    }

    @Test
    void namesBeyondAsciiWorkWithoutALocale() throws IOException {
        Path named = Files.move(config, folder.resolve("größe ✓.json"));
        Answer answer = cpi.with(NOTHING).call(createVm("{}"), "--config=" + named.getFileName());
        assertThat(answer.result()).asString().contains("größe ✓");
    }

    @Test
    void aRelativeImagePathCountsFromTheCallersFolder() throws IOException {
        Files.writeString(folder.resolve("image"), "an image");
        String request = "{\"method\":\"create_stemcell\",\"arguments\":[\"image\",{}]}";
        assertThat(cpi.call(request, "--config", "cpi.json").result())
                .asString()
                .startsWith("sc-");
    }

    @Test
    void stdoutIsTheProtocolsAloneAndWhatIsPrintedIsRedacted() {
        Answer answer = cpi.call(createVm("{\"fail\":\"print\"}"), "--config", "cpi.json");
        assertThat(answer.stderr()).contains("The environment: {bosh={password=<redacted>}}");
    }

    @Test
    void optionsOfTheOperatorsOtherJavaProgramsDoNotMatter() {
        Map<String, String> environment = Map.of(
                "PATH",
                "/usr/bin:/bin",
                "_JAVA_OPTIONS",
                "-version",
                "JDK_JAVA_OPTIONS",
                "-version",
                "CDPATH",
                "/:/usr",
                "JAVA_TOOL_OPTIONS",
                "-XX:Flags=nonsense",
                "CLASSPATH",
                "/nonsense");
        assertThat(cpi.with(environment).call(INFO, "--config", "cpi.json").stderr())
                .doesNotContain("Picked up");
    }

    static List<Path> javas() throws IOException {
        try (Stream<Path> machines = Files.list(Path.of("/usr/lib/jvm"))) {
            return machines.map(machine -> machine.resolve("bin/java"))
                    .filter(Files::isExecutable)
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void everyJavaOfThisMachineAnswersWithNothingButJson(Path java) {
        Answer answer = cpi.with(Map.of("CPI_JAVA", java.toString())).call(INFO, "--config", "cpi.json");
        assertThat(answer.result()).isNotNull();
        assertThat(answer.stderr().lines()).allMatch(line -> line.contains(" INFO "));
    }

    private Path fakeJava(String script) throws IOException {
        Path java = Files.createDirectories(folder.resolve("fake/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n" + script);
        java.toFile().setExecutable(true);
        return java;
    }

    @Test
    void aJavaThatIsTooOldGetsAPlainMessage() throws IOException {
        Path java = fakeJava("echo 'openjdk version \"1.8.0_402\"' >&2");
        byte[] large = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        assertThat(cpi.with(Map.of("CPI_JAVA", java.toString()))
                        .call(large, "--config", "cpi.json")
                        .message())
                .contains("version 17 or newer", "is Java 8");
        Files.writeString(folder.resolve("fake/release"), "JAVA_VERSION=\"11.0.2\"\n");
        assertThat(cpi.with(Map.of("CPI_JAVA", java.toString()))
                        .call(large, "--config", "cpi.json")
                        .message())
                .contains("is Java 11");
    }

    @Test
    void aJavaHomeThatIsTooOldIsPassedOver() throws IOException {
        Path java = fakeJava("echo 'openjdk version \"1.8.0_402\"' >&2");
        Map<String, String> environment =
                Map.of("JAVA_HOME", folder.resolve("fake").toString(), "PATH", java.getParent() + ":/usr/bin:/bin");
        assertThat(cpi.with(environment).call(INFO, "--config", "cpi.json").result())
                .isNotNull();
    }

    @Test
    void withoutAnyJavaThereIsAResponseToo() throws IOException {
        Path launcher = home.resolve("bin/cpi-without-java");
        Files.writeString(
                launcher, Files.readString(home.resolve("bin/cpi-cold")).replace("/usr/lib/jvm/*", "/nowhere"));
        launcher.toFile().setExecutable(true);
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : List.of("cat", "tr", "readlink", "sed")) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin/" + tool));
        }
        CpiProcess lonely = CpiProcess.of(launcher, folder).with(Map.of("PATH", tools.toString()));
        assertThat(lonely.call(INFO, "--config", "cpi.json").message())
                .contains("needs Java 17 or newer and found none: there is no java");
        CpiProcess.Output command = lonely.run(new byte[0], "plugins");
        assertThat(command.status()).isEqualTo(1);
        assertThat(command.stdout()).isEmpty();
        assertThat(command.stderr()).contains("needs Java 17 or newer");
        Files.delete(launcher);
    }

    @Test
    void aJavaThatCrashesLeavesAResponse() throws IOException {
        Path java = fakeJava("case $1 in -version) echo 'java version \"17\"' ;; *) kill -9 $$ ;; esac");
        assertThat(cpi.with(Map.of("CPI_JAVA", java.toString()))
                        .call(INFO, "--config", "cpi.json")
                        .message())
                .contains("ended with status 137 before it could answer");
    }

    @Test
    void aJavaThatCannotStartItsMachineLeavesAResponse() throws IOException {
        Path small = CpiProcess.copyOfDistribution(folder.resolve("small"));
        Path options = small.resolve("lib/java.options");
        Files.writeString(options, Files.readString(options).replace("-Xmx64m", "-Xmx1m"));
        assertThat(CpiProcess.of(small.resolve("bin/cpi"), folder)
                        .call(INFO, "--config", "cpi.json")
                        .message())
                .contains("ended with status 1 before it could answer");
    }

    /** A distribution with a provider that runs this code in each call. */
    private CpiProcess hostile(String code) {
        Path own = CpiProcess.copyOfDistribution(folder.resolve("own"));
        new PluginBuilder("hostile").source("Hostile", """
                        import java.io.*;
                        import java.nio.charset.StandardCharsets;

                        @org.pf4j.Extension
                        public class Hostile implements io.boshcpi.spi.ProviderFactory<Hostile.Nothing> {
                            public record Nothing() {}
                            public String name() { return "hostile"; }
                            public java.util.List<String> stemcellFormats() { return java.util.List.of(); }
                            public Class<Nothing> configType() { return Nothing.class; }
                            public io.boshcpi.spi.CloudProvider create(
                                    Nothing nothing, io.boshcpi.spi.ProviderContext context) {
                                try {
                                    %s
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                                throw io.boshcpi.spi.CpiException.badRequest("That was all");
                            }
                        }
                        """.formatted(code)).build(own.resolve("plugins/hostile.jar"));
        return CpiProcess.of(own.resolve("bin/cpi"), folder);
    }

    private Answer callOf(String code) throws IOException {
        Files.writeString(config, "{\"provider\":\"hostile\"}");
        return hostile(code).call(HAS_VM, "--config", config.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "KILL"})
    @Timeout(120)
    void aLauncherThatIsKilledLeavesNoJavaBehind(String signal) throws Exception {
        Path pid = folder.resolve("pid");
        Files.writeString(config, "{\"provider\":\"hostile\",\"plugin_timeout\":3600}");
        Process launcher = hostile("""
                        java.nio.file.Path file = java.nio.file.Path.of("%s");
                        java.nio.file.Files.writeString(file, ProcessHandle.current().pid() + "\\n");
                        while (file != null) {}
                        """.formatted(pid)).start("--config", config.toString());
        try (OutputStream stdin = launcher.getOutputStream()) {
            stdin.write(HAS_VM.getBytes(StandardCharsets.UTF_8));
        }
        while (!Files.exists(pid) || !Files.readString(pid).endsWith("\n")) {
            assertThat(launcher.isAlive()).isTrue();
        }
        Path java = Path.of("/proc", Files.readString(pid).trim(), "stat");
        assertThat(isRunning(java)).isTrue();

        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(launcher.pid()))
                        .start()
                        .waitFor())
                .isZero();

        assertThat(launcher.waitFor(60, TimeUnit.SECONDS)).isTrue();
        while (isRunning(java)) {
            Thread.sleep(50); // Ends by the test's timeout.
        }
    }

    /** Whether a process has not ended; nobody may have noticed its end yet. */
    private static boolean isRunning(Path stat) throws IOException {
        return Files.exists(stat) && !Files.readString(stat).contains(") Z ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new ProcessBuilder(\"echo\", \"stray\").inheritIO().start().waitFor();",
                "new FileOutputStream(FileDescriptor.out).write(\"stray\\n\".getBytes(StandardCharsets.UTF_8));",
                "System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true));"
                        + " System.out.println(\"stray\");",
                "System.out.println(\"stray\");"
            })
    void whatAPluginWritesToStdoutGoesToStderr(String code) throws IOException {
        Answer answer = callOf(code);
        assertThat(answer.message()).isEqualTo("That was all");
        assertThat(answer.stderr()).contains("stray");
    }

    @Test
    void aPluginThatClosesStdoutDoesNotCloseTheResponse() throws IOException {
        assertThat(callOf("new FileOutputStream(FileDescriptor.out).close();").message())
                .isEqualTo("That was all");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void aPluginThatHaltsTheProcessLeavesAResponse(int status) throws IOException {
        assertThat(callOf("Runtime.getRuntime().halt(" + status + ");").message())
                .contains("ended with status " + status + " before it could answer");
    }

    @Test
    void aResponseThatWasCutOffIsNone() throws IOException {
        Path java = fakeJava("case $1 in -version) echo 'java version \"17\"' ;; *) printf '{\"result\":' >&3 ;; esac");
        assertThat(cpi.with(Map.of("CPI_JAVA", java.toString()))
                        .call(INFO, "--config", "cpi.json")
                        .message())
                .contains("ended with status 0 before it could answer");
    }

    @Test
    void twoPluginsForOneThingAreFoundBeforeACallMeetsThem() throws IOException {
        Path own = CpiProcess.copyOfDistribution(folder.resolve("own"));
        Path jar = own.resolve("plugins/second.jar");
        new PluginBuilder("second")
                .attribute("Plugin-Dependencies", "lxd")
                .source("Second", """
                        import io.boshcpi.lxd.spi.*;
                        import io.boshcpi.spi.Options;

                        @org.pf4j.Extension
                        public class Second implements NetworkContributor {
                            public java.util.Set<String> types() { return java.util.Set.of("bridge"); }
                            public Options options() { return Options.none(); }
                            public Device nic(NicRequest request) { return null; }
                        }
                        """)
                .build(jar);
        Files.writeString(config, "{}");
        CpiProcess process = CpiProcess.of(own.resolve("bin/cpi"), folder);

        CpiProcess.Output plugins = process.run(new byte[0], "plugins");
        CpiProcess.Output doctor = process.run(new byte[0], "doctor", "--config", "cpi.json");

        for (CpiProcess.Output output : List.of(plugins, doctor)) {
            assertThat(output.status()).as(output.stderr()).isEqualTo(1);
            assertThat(output.stdout())
                    .contains("Two plugins claim networks of type bridge", "sample.Second of the plugin second (" + jar)
                    .contains("BridgeNetwork of the plugin lxd-network-bridge ("
                            + own.toRealPath().resolve("plugins/lxd-network-bridge.jar"));
        }
    }

    @Test
    void aRequestThatIsFarTooLargeIsRefused() {
        byte[] large = new byte[20 << 20];
        java.util.Arrays.fill(large, (byte) '[');
        assertThat(cpi.call(large, "--config", "cpi.json").message())
                .isEqualTo("The request is larger than 8388608 bytes");
        byte[] allowed = java.util.Arrays.copyOf(large, 8 << 20);
        assertThat(cpi.call(allowed, "--config", "cpi.json").type()).isEqualTo("CpiError");
    }

    @Test
    void mutatedRequestsGetOneResponseEachAndNoSecretComesOut() {
        Mutations mutations = new Mutations(42);
        for (int i = 0; i < 100; i++) {
            Answer answer = cpi.call(mutations.next(), "--config", "cpi.json");
            assertThat(mutations.secretsIn(answer.stdout() + answer.stderr())).isEmpty();
        }
    }

    @Test
    void aPluginThatIsDroppedInBrokenFailsEvenInfoAndOneThatIsTakenOutIsGone() throws IOException {
        Path own = CpiProcess.copyOfDistribution(folder.resolve("own"));
        CpiProcess process = CpiProcess.of(own.resolve("bin/cpi"), folder);
        Files.writeString(own.resolve("plugins/broken.jar"), "This is no jar");
        Files.writeString(config, "{}");
        assertThat(process.call(INFO, "--config", "cpi.json").message())
                .contains("broken.jar: cannot be read as a jar");
        Files.delete(own.resolve("plugins/broken.jar"));
        assertThat(process.call(INFO, "--config", "cpi.json").result()).isNotNull();
        Files.delete(own.resolve("plugins/lxd.jar"));
        assertThat(process.call(INFO, "--config", "cpi.json").message())
                .contains("lxd-storage-dir.jar: needs the plugin lxd, which is not there");
    }

    @Test
    void peopleGetAListOfThePlugins() throws IOException {
        CpiProcess.Output text = cpi.run(new byte[0], "plugins");
        assertThat(text.status()).isZero();
        assertThat(text.stdout())
                .contains(
                        "lxd-storage-dir ",
                        "io.boshcpi.lxd.spi.StorageDriver",
                        "example 1.0.0",
                        home + "/plugins/example.jar");
        Path own = CpiProcess.copyOfDistribution(folder.resolve("own"));
        Files.writeString(own.resolve("plugins/broken.jar"), "This is no jar");
        CpiProcess.Output json = CpiProcess.of(own.resolve("bin/cpi"), folder).run(new byte[0], "plugins", "--json");
        assertThat(json.status()).isEqualTo(1);
        assertThat(Documents.read("stdout", json.stdout().getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Map.class)
                .asString()
                .contains("id=lxd", "bundled=true", "broken.jar", "reason=cannot be read as a jar");
    }

    @Test
    void theDoctorNamesEachPluginThatCannotBeUsed() throws IOException {
        Path own = CpiProcess.copyOfDistribution(folder.resolve("own"));
        Files.writeString(own.resolve("plugins/broken.jar"), "This is no jar");
        Files.writeString(own.resolve("plugins/empty.jar"), "");
        Files.writeString(config, "{}");

        CpiProcess.Output output =
                CpiProcess.of(own.resolve("bin/cpi"), folder).run(new byte[0], "doctor", "--config", "cpi.json");

        assertThat(output.status()).isEqualTo(1);
        assertThat(output.stdout())
                .contains("plugins/broken.jar: cannot be read as a jar", "plugins/empty.jar", "fix: take the file away")
                .doesNotContain("correct ");
    }

    @Test
    void peopleLearnWhatACloudPropertyMeans() {
        CpiProcess.Output one = cpi.run(new byte[0], "explain", "ephemeral_disk");
        assertThat(one.status()).as(one.stderr()).isZero();
        assertThat(one.stdout().lines().filter(line -> line.startsWith("    "))).hasSize(2);
        assertThat(one.stdout()).contains("VMs: `azs`", "Provider `docker`", "ephemeral_disk");
        assertThat(cpi.run(new byte[0], "explain", "disk_types").stdout())
                .contains("storage_pool", "Pools of the driver `zfs`")
                .doesNotContain("ephemeral_disk");
        assertThat(cpi.run(new byte[0], "explain").stdout()).contains("storage_pool", "ephemeral_disk", "image_alias");

        CpiProcess.Output slip = cpi.run(new byte[0], "explain", "ephemeral_dsik");
        assertThat(slip.status()).isEqualTo(1);
        assertThat(slip.stdout()).isEmpty();
        assertThat(slip.stderr()).contains("did you mean ephemeral_disk?");
    }

    @Test
    void aShellCompletesTheCommands() throws Exception {
        CpiProcess.Output script = cpi.run(new byte[0], "generate-completion");
        assertThat(script.status()).isZero();

        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        "source " + Files.writeString(folder.resolve("c"), script.stdout())
                                + "; COMP_WORDS=(cpi pl); COMP_CWORD=1; _complete_cpi; echo ${COMPREPLY[@]}")
                .redirectErrorStream(true)
                .start();

        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim())
                .isEqualTo("plugins");
    }

    @Test
    void peopleGetHelpAndVersion() {
        assertThat(cpi.run(new byte[0], "--help").stdout()).contains("Usage: cpi", "plugins");
        assertThat(cpi.run(new byte[0], "--version").stdout()).matches("""
                        cpi \\S+ \\(build [0-9a-f]{32}\\)
                        plugin SPI \\d+\\.\\d+\\.\\d+
                        SPI of lxd \\d+\\.\\d+\\.\\d+
                        """);
        CpiProcess.Output wrong = cpi.run(new byte[0], "--confg");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.stdout()).isEmpty();
        assertThat(wrong.stderr()).contains("--confg");
    }
}
