package io.boshcpi.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.core.rpc.Documents;
import io.boshcpi.core.testing.PluginBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands for authors: a plugin is made, built, tested, verified and loaded, with the distribution and a JDK. */
@Tag("distribution")
class NewPluginIT {
    @TempDir
    private Path folder;

    private static CpiProcess.Output type(Path distribution, Path folder, String... words) {
        return CpiProcess.of(distribution.resolve("bin/cpi"), folder).run(new byte[0], words);
    }

    private CpiProcess.Output type(String... words) {
        return type(CpiProcess.distribution(), folder, words);
    }

    @ParameterizedTest
    @CsvSource({
        "provider, my-cloud, my-cloud, io.boshcpi.spi.ProviderFactory",
        "storage, cephfs, lxd-storage-cephfs, io.boshcpi.lxd.spi.StorageDriver",
        "network, ip-vlan, lxd-network-ip-vlan, io.boshcpi.lxd.spi.NetworkContributor",
        "devices, tpm, lxd-devices-tpm, io.boshcpi.lxd.spi.DeviceContributor"
    })
    void aNewPluginIsBuiltKeepsItsContractAndIsLoaded(String kind, String name, String id, String point)
            throws Exception {
        CpiProcess.Output made = type("plugins", "new", kind, name);
        assertThat(made.status()).as(made.stderr()).isZero();
        assertThat(made.stdout()).contains(folder.resolve(id).toString());

        Path jar = folder.resolve(id + ".jar");
        String built = build(folder.resolve(id), jar);
        assertThat(built)
                .contains("[         0 tests failed          ]")
                .doesNotContain("[         0 tests successful      ]")
                .doesNotContain("warning")
                .contains(id + " 1.0.0", "usable      " + jar);

        Path own = CpiProcess.copyOfDistribution(folder.resolve("own"));
        Files.copy(jar, own.resolve("plugins").resolve(id + ".jar"));
        CpiProcess.Output plugins = type(own, folder, "plugins");
        assertThat(plugins.status()).as(plugins.stdout()).isZero();
        assertThat(plugins.stdout()).contains(id + " 1.0.0", "extends   " + point, "com.example.cpi.");
    }

    private static String build(Path project, Path jar) throws IOException, InterruptedException {
        String testkit = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
        List<String> command = new ArrayList<>(List.of(project.resolve("build").toString()));
        command.addAll(List.of(CpiProcess.distribution().toString(), jar.toString(), testkit));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void theKindsAreListed() {
        assertThat(type("plugins", "new").stdout())
                .contains("  provider: another cloud; NAME is", "  storage: ", "  network: ", "  devices: ");
        CpiProcess.Output unknown = type("plugins", "new", "store", "x");
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.stderr()).contains("There is no kind \"store\"; there are", "  storage: ");
    }

    @Test
    void whatIsThereIsLeftAloneAndANameThatCannotBeIsRefused() throws IOException {
        Path mine = Files.writeString(
                Files.createDirectories(folder.resolve("mine")).resolve("notes"), "mine");
        CpiProcess.Output there = type("plugins", "new", "storage", "cephfs", "mine");
        assertThat(there.status()).isEqualTo(2);
        assertThat(there.stderr()).contains("is there already");
        try (Stream<Path> files = Files.list(folder.resolve("mine"))) {
            assertThat(files).containsExactly(mine);
        }
        assertThat(type("plugins", "new", "storage", "Ceph FS").stderr())
                .contains("NAME is the driver, as the server names it", "\"Ceph FS\" does not");
        assertThat(type("plugins", "new", "storage", "cephfs", "--package", "1.2")
                        .stderr())
                .contains("--package is a package such as com.example.cpi");
    }

    @Test
    void aPluginThatContradictsABundledOneOrLacksWhatItUsesIsNotUsable() {
        Path jar = new PluginBuilder("lxd-storage-other")
                .attribute("Plugin-Dependencies", "lxd")
                .with(CpiProcess.distribution().resolve("plugins/lxd.jar"))
                .source("Other", """
                        import io.boshcpi.lxd.spi.*;
                        @org.pf4j.Extension
                        public class Other implements StorageDriver {
                            public String name() { return "zfs"; }
                            public java.util.Set<StorageCapability> capabilities() { return java.util.Set.of(); }
                            public io.boshcpi.spi.Options options() { return io.boshcpi.spi.Options.none(); }
                        }
                        """)
                .source(
                        "Helper",
                        "public class Helper { Object use() { return picocli.CommandLine.VERSION + new Inner(); }"
                                + " static class Inner extends picocli.CommandLine.ParameterException {"
                                + " Inner() { super(null, \"\"); } } }")
                .build(folder.resolve("tried.jar"));

        CpiProcess.Output output = type("plugins", "verify", "tried.jar");
        assertThat(output.status()).isEqualTo(1);
        assertThat(output.stdout())
                .contains(
                        "ERROR    contradicts another plugin: Two plugins claim",
                        "ERROR    sample.Helper",
                        "needs the class picocli.CommandLine$ParameterException, which the CPI keeps to itself",
                        "NOT USABLE  " + jar);

        CpiProcess.Output json = type("plugins", "verify", "--json", "tried.jar");
        assertThat(json.status()).isEqualTo(1);
        assertThat(Documents.read("stdout", json.stdout().getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(Map.class, result -> {
                    assertThat(result.get("usable")).isEqualTo(false);
                    assertThat(result.get("id")).isEqualTo("lxd-storage-other");
                    assertThat(result.get("findings")).asString().contains("verdict=error");
                });
    }

    @Test
    void whatLacksSomethingIsShownByPluginsAndTheCallsThatDoNotNeedItAreAnswered() {
        Path own = CpiProcess.copyOfDistribution(folder.resolve("own"));
        new PluginBuilder("helped")
                .source("Extra", "@org.pf4j.Extension public class Extra implements Point {}")
                .source("Point", "public interface Point extends org.pf4j.ExtensionPoint {}")
                .source("Helper", "public class Helper { Object use() { return new lost.Lost(); } }")
                .sourceText("lost/Lost.java", "package lost; public class Lost {}")
                .without("lost/Lost.class")
                .build(own.resolve("plugins/helped.jar"));

        CpiProcess.Output plugins = type(own, folder, "plugins");
        assertThat(plugins.status()).isEqualTo(1);
        assertThat(plugins.stdout())
                .contains(
                        "WILL FAIL   " + own.resolve("plugins/helped.jar"),
                        "sample.Helper needs the class lost.Lost, which is nowhere; put it into the jar");
    }
}
