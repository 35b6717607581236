package io.boshcpi.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.boshcpi.core.testing.PluginBuilder;
import io.boshcpi.distribution.Packaged.Outcome;
import io.boshcpi.distribution.Packaged.Running;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the launcher that was compiled against resident hosts that work, and against some that do not. */
@Tag("distribution")
@Timeout(180)
class ResidentHostIT extends OnFakeLxd {
    @BeforeEach
    void configure() throws IOException {
        assumeTrue(cpi.hasCompiledLauncher(), "there is no C compiler");
        Files.writeString(cpi.configuration(), "{\"lxd\":{\"socket\":\"" + socket() + "\"}}");
    }

    @Test
    void aHostServesCallsWithTheirLogs() throws Exception {
        startHost();

        Outcome outcome = cpi.call("has_vm", "vm-1").end();

        assertThat(outcome.status()).isZero();
        assertThat(outcome.stdout()).isEqualTo(NO_SUCH_VM);
        assertThat(outcome.stderr()).doesNotContain(COLD).contains("[cpi-7] has_vm");
    }

    @Test
    void withoutAHostTheCallIsCold() throws Exception {
        Outcome outcome = cpi.call("has_vm", "vm-1").end();

        assertThat(outcome.status()).isZero();
        assertThat(outcome.stdout()).isEqualTo(NO_SUCH_VM);
        assertThat(outcome.stderr()).contains(COLD).contains("[cpi-7] has_vm");
    }

    @Test
    void aHostWithAnotherConfigurationIsNotUsed() throws Exception {
        startHost();
        Path other = Files.copy(cpi.configuration(), folder.resolve("other.json"));

        Outcome outcome = cpi.withConfiguration(other).call("has_vm", "vm-1").end();

        assertThat(outcome.stderr()).contains(COLD + "the host has the configuration");
        assertThat(outcome.stdout()).isEqualTo(NO_SUCH_VM);
    }

    @Test
    void aHostOfAnotherBuildIsNotUsed() throws Exception {
        startHost();
        Packaged other = cpi.copy();
        Files.writeString(other.home().resolve("lib/build"), "2.0\nother\n");

        Outcome outcome = other.call("has_vm", "vm-1").end();

        assertThat(outcome.stderr()).contains(COLD + "the host is of another build");
        assertThat(outcome.stdout()).isEqualTo(NO_SUCH_VM);
    }

    @Test
    void aHostSeesAConfigurationThatWasReplaced() throws Exception {
        startHost();
        cpi.call("has_vm", "vm-1").end();
        Path changed = Files.writeString(
                folder.resolve("new.json"), "{\"lxd\":{\"socket\":\"" + folder.resolve("absent") + "\"},\"ntp\":[]}");
        Files.move(changed, cpi.configuration(), StandardCopyOption.REPLACE_EXISTING);

        Outcome outcome = cpi.call("has_vm", "vm-1").end();

        assertThat(outcome.stderr()).doesNotContain(COLD);
        assertThat(outcome.stdout()).contains("Bosh::Clouds::CloudError");
    }

    @Test
    void aHostAnswersManyCallsAtOnce() throws Exception {
        startHost();
        List<Running> calls = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            calls.add(cpi.call("has_vm", "vm-1"));
        }
        for (Running call : calls) {
            Outcome outcome = call.end();
            assertThat(outcome.stdout()).isEqualTo(NO_SUCH_VM);
            assertThat(outcome.stderr()).doesNotContain(COLD);
        }
    }

    @Test
    void aHostThatIsKilledInACallLeavesAnAnswerAndNoSecondCall() throws Exception {
        Running started = startHost();
        lxd.faults().on("GET", "/1.0/instances/vm-1").delay(Duration.ofSeconds(2));
        Running call = cpi.call("has_vm", "vm-1");
        awaitRequest("GET /1.0/instances/vm-1");

        started.process().destroyForcibly();

        Outcome outcome = call.end();
        assertThat(outcome.status()).isZero();
        assertThat(outcome.stdout())
                .startsWith("{\"result\":null,\"error\":{\"type\":\"Bosh::Clouds::CpiError\"")
                .contains("outcome of the call is unknown")
                .containsOnlyOnce("\n");
        assertThat(lxd.requests().lines())
                .filteredOn("GET /1.0/instances/vm-1"::equals)
                .hasSize(1);
    }

    @Test
    void aHostThatIsFrozenIsNotWaitedForAndDoesNotMakeTheCallLater() throws Exception {
        Running started = startHost();
        signal("STOP", started);

        Outcome outcome = cpi.call("has_vm", "vm-1").end();

        assertThat(outcome.stderr()).contains(COLD + "the host did not answer in time");
        assertThat(outcome.stdout()).isEqualTo(NO_SUCH_VM);
        signal("CONT", started);
        assertThat(cpi.call("has_vm", "vm-1").end().stderr()).doesNotContain(COLD);
        assertThat(lxd.requests().lines())
                .filteredOn("GET /1.0/instances/vm-1"::equals)
                .hasSize(2);
    }

    private static void signal(String name, Running process) throws Exception {
        String pid = String.valueOf(process.process().pid());
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor())
                .isZero();
    }

    @Test
    void aRequestOfEightMebibytesComesThroughAndOneThatIsLargerIsAnsweredToo() throws Exception {
        startHost();
        String start =
                "{\"method\":\"has_vm\",\"arguments\":[\"vm-1\"],\"context\":{\"request_id\":\"cpi-7\"},\"x\":\"";
        String allowed = start + "x".repeat((8 << 20) - start.length() - 2) + "\"}";

        Outcome outcome = cpi.start("cpi", allowed, Map.of()).end();
        Outcome refused = cpi.start("cpi", allowed + " ", Map.of()).end();

        assertThat(outcome.stdout()).isEqualTo(NO_SUCH_VM);
        assertThat(outcome.stderr()).contains(COLD + "the host has no memory for the request");
        assertThat(refused.stdout()).contains("The request is larger than 8388608 bytes");
    }

    @ParameterizedTest
    @CsvSource({"7, 4, x", "3, 12, x", "7, 10, x", "1, 12, x", "2, 4, '[],'", "1, 12, '{\"\":{}},'"})
    void aHostOutlivesManyLargeRequestsAtOnceAndAllAreAnswered(int mebibytes, int count, String unit) throws Exception {
        Running started = startHost();
        String filler = unit.repeat((mebibytes << 20) / unit.length());
        String large = "{\"method\":\"has_vm\",\"arguments\":[\"vm-1\"],\"context\":{\"request_id\":\"cpi-7\"},\"x\":"
                + (unit.equals("x") ? "\"" + filler + "\"" : "[" + filler + "0]") + "}";
        List<Running> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            calls.add(cpi.start("cpi", large, Map.of()));
        }
        for (Running call : calls) {
            assertThat(call.end().stdout()).startsWith("{\"result\":").doesNotContain("outcome of the call");
        }
        assertThat(started.process().isAlive()).isTrue();
        assertThat(cpi.call("has_vm", "vm-1").end().stderr()).doesNotContain(COLD);
    }

    @Test
    void noRequestIsAnErrorAndNoUnknownOutcome() throws Exception {
        startHost();

        Outcome outcome = cpi.start("cpi", "", Map.of()).end();

        assertThat(outcome.status()).isZero();
        assertThat(outcome.stderr()).contains(COLD + "there is no request on stdin");
        assertThat(outcome.stdout())
                .startsWith("{\"result\":null,\"error\":{")
                .doesNotContain("unknown")
                .containsOnlyOnce("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<&-", ">&-", "<&- >&-", "2>&-"})
    void aStreamThatIsClosedIsNotTakenForTheHostsSocket(String closed) throws Exception {
        startHost();
        String launcher =
                cpi.home().resolve("bin/cpi") + " --config " + cpi.configuration() + " --socket " + cpi.socket();
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", "exec " + launcher + " " + closed);
        shell.redirectInput(Files.writeString(folder.resolve("in"), Packaged.request("has_vm", "vm-1"))
                        .toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        Process process = shell.start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

        boolean heard = !closed.contains(">&-") || closed.startsWith("2");
        assertThat(process.exitValue() == 0).isEqualTo(heard);
        assertThat(Files.readString(folder.resolve("out")).isEmpty()).isEqualTo(!heard);
    }

    @Test
    void aHostThatIsTerminatedFinishesItsCallsAndEndsWell() throws Exception {
        Running started = startHost();
        lxd.faults().on("GET", "/1.0/instances/vm-1").delay(Duration.ofSeconds(1));
        Running call = cpi.call("has_vm", "vm-1");
        awaitRequest("GET /1.0/instances/vm-1");

        started.process().destroy();

        assertThat(call.end().stdout()).isEqualTo(NO_SUCH_VM);
        assertThat(started.end().status()).isZero();
        assertThat(cpi.socket()).doesNotExist();
    }

    /** Its call waits for the end of the process, and the end of the process for its call. */
    @Test
    void aPluginThatEndsTheProcessCostsOneCallAndIsNamed() throws Exception {
        addPluginThatExits(3);
        Running started = startHost();

        Outcome outcome = cpi.call("has_vm", "vm-1").end();

        assertThat(outcome.stdout()).contains("outcome of the call is unknown").containsOnlyOnce("\n");
        Outcome end = started.end();
        assertThat(end.status()).isEqualTo(3);
        assertThat(end.stderr()).contains(exit());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void aColdCallWhosePluginEndsTheProcessHasOneResponseThatNamesIt(int status) throws Exception {
        addPluginThatExits(status);

        Outcome outcome = cpi.start("cpi-cold", Packaged.request("has_vm", "vm-1"), Map.of())
                .end();

        assertThat(outcome.status()).isZero();
        assertThat(outcome.stdout())
                .contains(exit(), "outcome of the call is unknown")
                .containsOnlyOnce("\n");
    }

    private String exit() throws IOException {
        return "The plugin exiting (" + folder.resolve("plugins/exiting.jar").toRealPath()
                + "): sample.Exiting.create called System.exit";
    }

    private void addPluginThatExits(int status) throws IOException {
        Files.createDirectories(folder.resolve("plugins"));
        PluginBuilder exiting = new PluginBuilder("exiting").source("Exiting", """
                        @org.pf4j.Extension
                        public class Exiting implements io.boshcpi.spi.ProviderFactory<Exiting.Nothing> {
                            public record Nothing() {}
                            public String name() { return "exiting"; }
                            public java.util.List<String> stemcellFormats() { return java.util.List.of(); }
                            public Class<Nothing> configType() { return Nothing.class; }
                            public io.boshcpi.spi.CloudProvider create(
                                    Nothing nothing, io.boshcpi.spi.ProviderContext context) {
                                System.exit(%d);
                                return null;
                            }
                        }
                        """.formatted(status));
        exiting.build(folder.resolve("plugins/exiting.jar"));
        Files.writeString(
                cpi.configuration(),
                "{\"provider\":\"exiting\",\"plugin_dirs\":[\"" + folder.resolve("plugins") + "\"],\"exiting\":{}}");
    }

    @Test
    void aHostTakesOverASocketThatAKilledOneLeftBehind() throws Exception {
        startHost().process().destroyForcibly().waitFor();
        assertThat(cpi.socket()).exists();
        assertThat(cpi.call("has_vm", "vm-1").end().stderr()).contains(COLD);

        Running second = cpi.start("cpi-host", "", Map.of());
        host = second;
        while (cpi.call("info").end().stderr().contains(COLD)) {
            assertThat(second.process().isAlive()).isTrue();
        }
    }

    @Test
    void aSecondHostDoesNotTakeTheSocket() throws Exception {
        startHost();

        Outcome second = cpi.start("cpi-host", "", Map.of()).end();

        assertThat(second.status()).isEqualTo(1);
        assertThat(second.stderr()).contains("Another host listens at " + cpi.socket());
    }

    @Test
    void aHostWithoutAUsableConfigurationDoesNotStart() throws Exception {
        Files.writeString(cpi.configuration(), "{");

        Outcome outcome = cpi.start("cpi-host", "", Map.of()).end();

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.stderr()).contains("is not valid JSON");
    }

    @Test
    void aHostThatDoesNotAnswerTheGreetingIsNotWaitedFor() throws Exception {
        try (ServerSocketChannel silent = listen()) {
            assertThat(silent.isOpen()).isTrue();

            Outcome outcome = cpi.call("has_vm", "vm-1").end();

            assertThat(outcome.stderr()).contains(COLD + "the host did not answer in time");
            assertThat(outcome.stdout()).isEqualTo(NO_SUCH_VM);
        }
    }

    private ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(cpi.socket()));
    }
}
