package io.boshcpi.lxd.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.client.transport.NotSentException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FailoverConnectorTest {
    @TempDir
    private Path folder;

    private ScriptedServer server;
    private Connector alive;
    private final List<Long> deadlines = new ArrayList<>();

    @BeforeEach
    void listen() throws IOException {
        Path socket = folder.resolve("alive");
        server = ScriptedServer.at(socket);
        alive = new UnixConnector(socket.toString());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void aMemberThatCannotBeReachedIsPassedOver() throws IOException {
        server.then(ScriptedServer::echo);
        Connector dead = new UnixConnector(folder.resolve("dead").toString());

        try (Transport transport = to(dead, alive)) {
            assertThat(get(transport)).isEqualTo("GET /1.0");
        }
    }

    @Test
    void theMemberThatAnsweredLastIsAskedFirst() throws IOException {
        server.then(connection -> connection.answer(connection.read()));
        server.then(ScriptedServer::echo);

        try (Transport transport = to(failing(Reason.UNREACHABLE, "a"), alive)) {
            get(transport);
            get(transport);
        }

        assertThat(server.connections()).isEqualTo(2);
        assertThat(deadlines).hasSize(1);
    }

    @Test
    void aMemberThatSaysNothingIsPassedOverLongBeforeTheDeadline() throws IOException {
        server.then(ScriptedServer::echo);
        long start = System.nanoTime();

        try (Transport transport = to(failing(Reason.DEADLINE, "a"), alive)) {
            assertThat(get(transport)).isEqualTo("GET /1.0");
        }

        assertThat(deadlines)
                .singleElement()
                .satisfies(deadline -> assertThat(deadline - start).isLessThan(TimeUnit.SECONDS.toNanos(20)));
    }

    @Test
    void theLastMemberHasTheWholeTime() {
        try (Transport transport = to(failing(Reason.UNREACHABLE, "a"), failing(Reason.UNREACHABLE, "b"))) {
            assertThatThrownBy(() -> get(transport))
                    .hasMessage("a; b")
                    .isInstanceOfSatisfying(NotSentException.class, e -> {
                        assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE);
                        assertThat(e).hasCauseInstanceOf(NotSentException.class);
                    });
        }

        assertThat(deadlines.get(1) - deadlines.get(0)).isGreaterThan(TimeUnit.SECONDS.toNanos(20));
    }

    @Test
    void aMemberThatIsNotTrustedEndsTheSearch() {
        try (Transport transport = to(failing(Reason.UNTRUSTED, "a"), alive)) {
            assertThatThrownBy(() -> get(transport)).hasMessage("a").isInstanceOf(NotSentException.class);
        }

        assertThat(server.connections()).isZero();
    }

    private Connector failing(Reason reason, String message) {
        return deadline -> {
            deadlines.add(deadline);
            throw new NotSentException(reason, message, null);
        };
    }

    private static Transport to(Connector... members) {
        return new PooledTransport(new FailoverConnector(List.of(members)));
    }

    private static String get(Transport transport) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        try (HttpReply reply = transport.exchange(HttpCall.get("/1.0"), deadline)) {
            return new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
