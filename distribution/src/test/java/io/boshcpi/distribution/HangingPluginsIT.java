package io.boshcpi.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.boshcpi.core.testing.PluginBuilder;
import io.boshcpi.core.testing.TestHost.Answer;
import io.boshcpi.distribution.Packaged.Outcome;
import io.boshcpi.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A sub-plugin of the LXD provider that hangs costs one call its time, cold and in a resident host. */
@Tag("distribution")
@Timeout(180)
class HangingPluginsIT extends OnFakeLxd {
    private static final Map<String, Object> NETWORK = Map.of(
            "type",
            "manual",
            "ip",
            "10.77.1.50",
            "netmask",
            "255.255.255.0",
            "gateway",
            "10.77.1.1",
            "dns",
            List.of("10.77.1.1"),
            "default",
            List.of("dns", "gateway"),
            "cloud_properties",
            Map.of());

    private static final String SPIN = "while (!Thread.currentThread().getName().isEmpty()) {}";
    private static final String SLEEP =
            "try { Thread.sleep(1000000); } catch (InterruptedException e) { throw new IllegalStateException(e); }";

    @SuppressWarnings("NullAway.Init")
    private Path jar;

    @BeforeEach
    void configure() throws IOException {
        jar = Files.createDirectory(folder.resolve("plugins")).resolve("stuck.jar");
        Files.writeString(
                cpi.configuration(),
                Json.write(Map.of(
                        "lxd", Map.of("socket", socket().toString()),
                        "agent", Map.of("mbus", "https://mbus:secret@0.0.0.0:6868"),
                        "plugin_dirs", List.of(folder.resolve("plugins").toString()),
                        "plugin_timeout", 1)));
    }

    /** A device contributor with such members and such a body of {@code devices}. */
    private void stuck(String members, String devices) {
        new PluginBuilder("stuck")
                .attribute("Plugin-Dependencies", "lxd")
                .with(cpi.home().resolve("plugins/lxd.jar"))
                .source("Stuck", """
                        import io.boshcpi.lxd.spi.*;
                        import io.boshcpi.spi.Options;

                        @org.pf4j.Extension
                        public class Stuck implements DeviceContributor {
                            %s
                            public Options options() { return Options.none(); }
                            public java.util.List<Device> devices(DeviceRequest request) {
                                %s
                                return java.util.List.of();
                            }
                        }
                        """.formatted(members, devices))
                .build(jar);
    }

    private void startHost(boolean resident) throws IOException {
        if (resident) {
            assumeTrue(cpi.hasCompiledLauncher(), "there is no C compiler");
            startHost();
        }
    }

    private Answer call(boolean resident, String method, Object... arguments) throws Exception {
        String request = Json.write(
                Map.of("method", method, "arguments", List.of(arguments), "context", Map.of("request_id", "cpi-7")));
        Outcome outcome = cpi.start("cpi", request, Map.of()).end();
        assertThat(outcome.status()).isZero();
        assertThat(outcome.stdout()).containsOnlyOnce("\n");
        assertThat(outcome.stderr().contains(COLD)).isEqualTo(!resident);
        return Answer.of(outcome.stdout(), outcome.stderr());
    }

    @ParameterizedTest
    @CsvSource({"false, sleep", "false, spin", "true, sleep", "true, spin"})
    void aQuestionThatHangsCostsOneCallAndIsNamed(boolean resident, String how) throws Exception {
        stuck("", how.equals("spin") ? SPIN : SLEEP);
        startHost(resident);
        String image = cpi.home().resolve("lib/training/image").toString();
        String stemcell =
                String.valueOf(call(resident, "create_stemcell", image, Map.of("name", "tiny", "version", "1"))
                        .result());

        Answer answer = call(
                resident,
                "create_vm",
                "5b0c1e8a-3f0e-4d0b-9f0a-6d8d0f6c2f11",
                stemcell,
                Map.of("instance_type", "c1-m1"),
                Map.of("default", NETWORK),
                List.of(),
                Map.of());

        assertThat(answer.message())
                .contains("The plugin stuck (" + jar.toRealPath() + ") did not return from sample.Stuck.devices within"
                        + " 1 s, the plugin_timeout of the configuration");
        assertThat(answer.stderr()).contains("at plugin stuck//sample.Stuck.devices(");
        assertThat(answer.stderr().contains("its thread is abandoned")).isEqualTo(how.equals("spin"));
        assertThat(lxd.requests().lines()).doesNotContain("POST /1.0/instances");
        assertThat(call(resident, "has_vm", "vm-1").stdout()).isEqualTo(NO_SUCH_VM);
    }

    @Test
    void aStaticInitialiserThatHangsIsNamedByEveryCallAndByTheListOfPlugins() throws Exception {
        stuck("static { if (true) { " + SPIN + " } }", "");
        String reason = "did not return from the static initialiser of sample.Stuck within 1 s";

        assertThat(call(false, "info").message()).contains(jar + ": " + reason);
        for (String command : List.of("plugins", "doctor")) {
            CpiProcess.Output output = CpiProcess.of(cpi.home().resolve("bin/cpi"), folder)
                    .run(new byte[0], command, "--config", cpi.configuration().toString());
            assertThat(output.status()).as(output.stderr()).isEqualTo(1);
            assertThat(output.stdout()).contains(jar.toString(), reason);
        }
    }

    /** The JVM waits for hooks, and the launcher for the JVM. */
    @Test
    void aHookThatHangsKeepsNoResponseBack() throws Exception {
        stuck("static { Runtime.getRuntime().addShutdownHook(new Thread(() -> { " + SPIN + " })); }", "");

        assertThat(call(false, "has_vm", "vm-1").stdout()).isEqualTo(NO_SUCH_VM);
    }

    @Test
    void aHostOutlivesAStaticInitialiserThatHangsAndServesAgainWithoutIt() throws Exception {
        startHost(true);
        assertThat(call(true, "has_vm", "vm-1").stdout()).isEqualTo(NO_SUCH_VM);

        stuck("static { if (true) { " + SPIN + " } }", "");
        for (int i = 0; i < 2; i++) {
            assertThat(call(true, "info").message()).contains(jar + ": did not return from the static initialiser");
        }

        Files.delete(jar);
        assertThat(call(true, "has_vm", "vm-1").stdout()).isEqualTo(NO_SUCH_VM);
    }
}
