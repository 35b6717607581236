package io.boshcpi.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.boshcpi.core.rpc.Documents;
import io.boshcpi.distribution.Packaged.Outcome;
import io.boshcpi.distribution.Packaged.Running;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code bin/cpi status}, the file of metrics and the phases in the log, with hosts that are well and others. */
@Tag("distribution")
@Timeout(180)
class StatusIT extends OnFakeLxd {
    @BeforeEach
    void configure() throws IOException {
        assumeTrue(cpi.hasCompiledLauncher(), "there is no C compiler");
        configure("");
    }

    private void configure(String more) throws IOException {
        Files.writeString(cpi.configuration(), "{\"lxd\":{\"socket\":\"" + socket() + "\"}" + more + "}");
    }

    private Map<?, ?> json() throws Exception {
        Outcome outcome = cpi.type("status", "--json");
        assertThat(outcome.status()).as(outcome.stderr()).isZero();
        return (Map<?, ?>) Objects.requireNonNull(
                Documents.read("The status", outcome.stdout().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aHostThatIsWellTellsWhatItHasDone() throws Exception {
        startHost();
        cpi.call("has_vm", "vm-1").end();
        cpi.call("has_vm", "vm-2").end();
        cpi.call("no_such_method").end();

        Map<?, ?> status = json();

        assertThat(((Map<?, ?>) Objects.requireNonNull(status.get("methods")))
                        .keySet().stream().map(Object::toString))
                .containsExactly("_OTHER", "has_vm");
        assertThat(status.get("errors")).isEqualTo(Map.of("Bosh::Clouds::NotImplemented", 1));
        assertThat(status.get("providers"))
                .hasToString("[{name=docker, configurations=0}, {name=lxd, configurations=1}]");
        Outcome text = cpi.type("status");
        assertThat(text.status()).isZero();
        assertThat(text.stdout()).contains("1 Bosh::Clouds::NotImplemented", "lxd (1 configuration)");
        assertThat(text.stdout().lines()).anyMatch(line -> line.matches("has_vm +2 +0 .*"));
        Outcome metrics = cpi.type("status", "--prometheus");
        assertThat(metrics.stdout().lines())
                .contains("# TYPE rpc_server_call_duration_seconds histogram")
                .anyMatch(line -> line.matches("rpc_server_call_duration_seconds_count\\{.*rpc_method=\"has_vm\"} 2"));
    }

    @Test
    void aCallUnderWayIsShown() throws Exception {
        startHost();
        lxd.faults().on("GET", "/1.0/instances/vm-1").delay(Duration.ofSeconds(20));
        Running call = cpi.call("has_vm", "vm-1");
        awaitRequest("GET /1.0/instances/vm-1");

        assertThat(cpi.type("status").stdout().lines())
                .anyMatch(line -> line.matches(" +has_vm for .*, request cpi-7"));
        call.process().destroyForcibly();
    }

    @Test
    void withoutAHostTheStatusSaysWhatThatMeans() throws Exception {
        Outcome outcome = cpi.type("status");

        assertThat(outcome.status()).isEqualTo(3);
        assertThat(outcome.stdout()).isEmpty();
        assertThat(outcome.stderr())
                .contains("No resident host runs: there is no socket", "Calls are answered nevertheless");
    }

    @Test
    void aHostThatWasKilledIsNoHost() throws Exception {
        startHost().process().destroyForcibly().waitFor();

        Outcome outcome = cpi.type("status");

        assertThat(outcome.status()).isEqualTo(3);
        assertThat(outcome.stderr()).contains("was left by a host that is gone");
    }

    @Test
    void aHostThatIsFrozenIsToldFromNone() throws Exception {
        Running started = startHost();
        String pid = String.valueOf(started.process().pid());
        assertThat(new ProcessBuilder("kill", "-STOP", pid).start().waitFor()).isZero();

        Outcome outcome = cpi.type("status");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.stderr()).contains("does not tell its status: ", "it did not answer in time");
    }

    @Test
    void aHostOfAnotherConfigurationTellsItsStatusAndThatItIsAnother() throws Exception {
        startHost();
        Path other = Files.copy(cpi.configuration(), folder.resolve("other.json"));

        Outcome outcome = cpi.withConfiguration(other).type("status");

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.stdout()).contains(cpi.configuration().toString());
        assertThat(outcome.stderr())
                .contains("does not answer the calls of this CPI with " + other, "the host has the configuration");
    }

    @Test
    void theFormatsExcludeEachOther() throws Exception {
        Outcome outcome = cpi.type("status", "--json", "--prometheus");

        assertThat(outcome.status()).isEqualTo(2);
        assertThat(outcome.stderr()).contains("mutually exclusive");
    }

    @Test
    void theHostWritesItsMetricsToTheFileThatIsConfiguredAndTakesItAlong() throws Exception {
        Path file = folder.resolve("cpi.prom");
        configure(",\"metrics\":{\"file\":\"" + file + "\",\"interval\":1}");
        Running started = startHost();
        while (!Files.exists(file)) {
            assertThat(started.process().isAlive()).isTrue();
            Thread.onSpinWait();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        cpi.call("has_vm", "vm-1").end();
        while (!Files.readString(file).contains("rpc_method=\"has_vm\"")) {
            Thread.onSpinWait();
        }

        started.process().destroy();

        assertThat(started.end().status()).isZero();
        assertThat(file).doesNotExist();
    }

    @Test
    void atDebugLevelTheLogHasThePhasesOfACallWithTheirTimes() throws Exception {
        configure(",\"log_level\":\"debug\"");

        Outcome outcome = cpi.call("has_vm", "vm-1").end();

        assertThat(outcome.stderr().lines())
                .anyMatch(line -> line.matches(".* DEBUG .* Loading the plugins took .* ms"))
                .anyMatch(line -> line.matches(".* DEBUG .* Making the provider took .* ms"))
                .anyMatch(line -> line.matches(".* DEBUG .* GET /1.0/instances/vm-1.* -> 404 after [0-9.]+ ms"));
    }
}
