package io.boshcpi.core.resident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.boshcpi.core.resident.Packaged.Outcome;
import io.boshcpi.core.resident.Packaged.Running;
import io.boshcpi.lxd.testkit.Dialect;
import io.boshcpi.lxd.testkit.FakeLxd;
import io.boshcpi.lxd.testkit.FakeLxdServer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the launcher that was compiled against resident hosts that work, and against some that do not. */
@Timeout(180)
class ResidentHostIT {
    private static final String COLD = "cpi: not served by a resident host: ";
    private static final String NO_SUCH_VM = "{\"result\":false,\"error\":null,\"log\":\"\"}\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Packaged cpi;

    @SuppressWarnings("NullAway.Init")
    private FakeLxd lxd;

    @SuppressWarnings("NullAway.Init")
    private FakeLxdServer server;

    private @Nullable Running host;

    @BeforeEach
    void serveLxd() throws IOException {
        cpi = Packaged.in(folder);
        assumeTrue(cpi.hasCompiledLauncher(), "there is no C compiler");
        lxd = FakeLxd.of(Dialect.LXD);
        server = FakeLxdServer.onUnixSocket(lxd, folder.resolve("lxd"));
        Files.writeString(cpi.configuration(), "{\"lxd\":{\"socket\":\"" + folder.resolve("lxd") + "\"}}");
    }

    @AfterEach
    void end() throws InterruptedException {
        if (host != null) {
            host.process().destroyForcibly().waitFor();
        }
        if (server != null) {
            server.close();
        }
    }

    private Running startHost() throws IOException {
        Running started = cpi.startHost();
        host = started;
        return started;
    }

    private void awaitRequest(String line) {
        while (!lxd.requests().lines().contains(line)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void a_host_serves_calls_with_their_logs() throws Exception {
        startHost();

        Outcome outcome = cpi.call("has_vm", "vm-1").end();

        assertThat(outcome.status()).isZero();
        assertThat(outcome.stdout()).isEqualTo(NO_SUCH_VM);
        assertThat(outcome.stderr()).doesNotContain(COLD).contains("[cpi-7] has_vm");
    }

    @Test
    void without_a_host_the_call_is_cold() throws Exception {
        Outcome outcome = cpi.call("has_vm", "vm-1").end();

        assertThat(outcome.status()).isZero();
        assertThat(outcome.stdout()).isEqualTo(NO_SUCH_VM);
        assertThat(outcome.stderr()).contains(COLD).contains("[cpi-7] has_vm");
    }

    @Test
    void a_host_with_another_configuration_is_not_used() throws Exception {
        startHost();
        Path other = Files.copy(cpi.configuration(), folder.resolve("other.json"));

        Outcome outcome = cpi.withConfiguration(other).call("has_vm", "vm-1").end();

        assertThat(outcome.stderr()).contains(COLD + "the host has the configuration");
        assertThat(outcome.stdout()).isEqualTo(NO_SUCH_VM);
    }

    @Test
    void a_host_of_another_build_is_not_used() throws Exception {
        startHost();
        Packaged other = cpi.copy();
        Files.writeString(other.home().resolve("lib/build"), "2.0\nother\n");

        Outcome outcome = other.call("has_vm", "vm-1").end();

        assertThat(outcome.stderr()).contains(COLD + "the host is of another build");
        assertThat(outcome.stdout()).isEqualTo(NO_SUCH_VM);
    }

    @Test
    void a_host_sees_a_configuration_that_was_replaced() throws Exception {
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
    void a_host_answers_many_calls_at_once() throws Exception {
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
    void a_host_that_is_killed_in_a_call_leaves_an_answer_and_no_second_call() throws Exception {
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
    void a_host_that_is_frozen_is_not_waited_for_and_does_not_make_the_call_later() throws Exception {
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
    void a_request_of_eight_mebibytes_comes_through_and_one_that_is_larger_is_answered_too() throws Exception {
        startHost();
        String start =
                "{\"method\":\"has_vm\",\"arguments\":[\"vm-1\"],\"context\":{\"request_id\":\"cpi-7\"},\"x\":\"";
        String allowed = start + "x".repeat((8 << 20) - start.length() - 2) + "\"}";

        Outcome outcome = cpi.start("cpi", allowed, Map.of()).end();
        Outcome refused = cpi.start("cpi", allowed + " ", Map.of()).end();

        assertThat(outcome.stdout()).isEqualTo(NO_SUCH_VM);
        assertThat(outcome.stderr()).doesNotContain(COLD);
        assertThat(refused.stdout()).contains("The request is larger than 8388608 bytes");
    }

    @Test
    void no_request_is_an_error_and_no_unknown_outcome() throws Exception {
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
    void a_stream_that_is_closed_is_not_taken_for_the_hosts_socket(String closed) throws Exception {
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
    void a_host_that_is_terminated_finishes_its_calls_and_ends_well() throws Exception {
        Running started = startHost();
        lxd.faults().on("GET", "/1.0/instances/vm-1").delay(Duration.ofSeconds(1));
        Running call = cpi.call("has_vm", "vm-1");
        awaitRequest("GET /1.0/instances/vm-1");

        started.process().destroy();

        assertThat(call.end().stdout()).isEqualTo(NO_SUCH_VM);
        assertThat(started.end().status()).isZero();
        assertThat(cpi.socket()).doesNotExist();
    }

    @Test
    void a_host_takes_over_a_socket_that_a_killed_one_left_behind() throws Exception {
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
    void a_second_host_does_not_take_the_socket() throws Exception {
        startHost();

        Outcome second = cpi.start("cpi-host", "", Map.of()).end();

        assertThat(second.status()).isEqualTo(1);
        assertThat(second.stderr()).contains("Another host listens at " + cpi.socket());
    }

    @Test
    void a_host_without_a_usable_configuration_does_not_start() throws Exception {
        Files.writeString(cpi.configuration(), "{");

        Outcome outcome = cpi.start("cpi-host", "", Map.of()).end();

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.stderr()).contains("is not valid JSON");
    }

    @Test
    void a_host_that_does_not_answer_the_greeting_is_not_waited_for() throws Exception {
        try (ServerSocketChannel silent = listen()) {
            assertThat(silent.isOpen()).isTrue();

            Outcome outcome = cpi.call("has_vm", "vm-1").end();

            assertThat(outcome.stderr()).contains(COLD + "the host did not answer in time");
            assertThat(outcome.stdout()).isEqualTo(NO_SUCH_VM);
        }
    }

    @Test
    void whatever_a_host_said_before_it_went_away_the_answer_is_one_error() throws Exception {
        List<ByteBuffer> accepted = List.of(Protocol.frame(Protocol.ACCEPTED));
        ByteBuffer log = Protocol.frame(Protocol.LOG, "a line\n");
        ByteBuffer half = Protocol.frame(Protocol.RESPONSE, "{\"result\":tr");
        assertUnknown(accepted);
        assertUnknown(List.of(accepted.get(0), log));
        assertUnknown(List.of(accepted.get(0), log, half));
        assertUnknown(List.of(accepted.get(0), log, half.duplicate().limit(half.limit() - 3)));
        assertUnknown(List.of(accepted.get(0), Protocol.frame(Protocol.END)));
    }

    private void assertUnknown(List<ByteBuffer> frames) throws Exception {
        try (ServerSocketChannel fragile = listen()) {
            Running call = cpi.call("has_vm", "vm-1");
            try (SocketChannel launcher = fragile.accept()) {
                launcher.read(ByteBuffer.allocate(Protocol.MAX_HELLO)); // The launcher greets in one write.
                for (ByteBuffer frame : frames) {
                    launcher.write(frame.duplicate());
                }
            }
            Outcome outcome = call.end();
            assertThat(outcome.status()).isZero();
            assertThat(outcome.stdout())
                    .startsWith("{\"result\":null,\"error\":")
                    .containsOnlyOnce("\n")
                    .endsWith("}\n");
            assertThat(outcome.stderr()).doesNotContain(COLD);
            assertThat(lxd.requests().size()).isZero();
        }
        Files.delete(cpi.socket());
    }

    private ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(cpi.socket()));
    }
}
