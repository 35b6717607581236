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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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
        for (int i = 0; i < 64; i++) {
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
