package io.boshcpi.lxd.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.boshcpi.lxd.client.transport.NotSentException.Reason;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

class UnixSocketTransportTest extends TransportContract {
    @TempDir
    Path folder;

    @Override
    ScriptedServer listen() throws IOException {
        return ScriptedServer.at(folder.resolve("s"));
    }

    @Override
    Transport open() {
        return Endpoint.unix(folder.resolve("s").toString()).open();
    }

    @Test
    void aSocketThatIsNotThereMayComeBack() {
        NotSentException e = failureAt(folder.resolve("nothing").toString());

        assertThat(e.isWorthRetrying()).isTrue();
        assertThat(e).hasMessageContaining(folder.resolve("nothing").toString());
    }

    @Test
    void aSocketThatNobodyListensOnMayComeBack() throws IOException {
        listenAndClose(folder.resolve("left"));

        assertThat(failureAt(folder.resolve("left").toString()).reason()).isEqualTo(Reason.UNREACHABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {106, 200})
    void aSocketThatCannotBeIsNotTriedAgain(int length) {
        NotSentException e = failureAt("/" + "x".repeat(length));

        assertThat(e.isWorthRetrying()).isFalse();
        assertThat(e.reason()).isEqualTo(Reason.NO_ADDRESS);
    }

    @Test
    void aPathThatIsNoneIsNotTriedAgain() {
        assertThat(failureAt("/a\0b").reason()).isEqualTo(Reason.NO_ADDRESS);
    }

    @Test
    void theLongestPathCanBeASocket() {
        assertThat(failureAt("/" + "x".repeat(105)).reason()).isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void aServerThatReadsNothingIsLeftAtTheDeadline() throws IOException {
        HttpBody body = HttpBody.of("application/octet-stream", new byte[8 << 20]);
        long start = System.nanoTime();

        try (ScriptedServer deaf = ScriptedServer.at(folder.resolve("deaf"));
                Transport waiting =
                        Endpoint.unix(folder.resolve("deaf").toString()).open()) {
            deaf.then(connection -> TimeUnit.SECONDS.sleep(30));
            HttpCall call = new HttpCall("PUT", "/", Map.of(), body);
            long deadline = start + TimeUnit.MILLISECONDS.toNanos(300);

            assertThatThrownBy(() -> waiting.exchange(call, deadline).close())
                    .isInstanceOf(SocketTimeoutException.class);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aSocketInTheAbstractNameSpaceIsReached() throws IOException {
        String name = "it-" + UUID.randomUUID();
        ServerSocketChannel listener = AFUNIXServerSocketChannel.open();
        listener.bind(AFUNIXSocketAddress.inAbstractNamespace(name));
        try (ScriptedServer hidden = ScriptedServer.over(listener).then(ScriptedServer::echo);
                Transport reaching = Endpoint.unix("@" + name).open()) {
            for (int i = 0; i < 3; i++) {
                try (HttpReply reply = reaching.exchange(HttpCall.get("/a"), in(10))) {
                    assertThat(reply.body().readAllBytes()).isEqualTo("GET /a".getBytes(StandardCharsets.UTF_8));
                }
            }
            assertThat(hidden.connections()).isEqualTo(1);
        }
    }

    /** Leaves the file of a socket behind. Nothing accepts here: a thread in accept would keep the listener open for a while. */
    private static void listenAndClose(Path socket) throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(UnixDomainSocketAddress.of(socket));
        }
    }

    private static NotSentException failureAt(String path) {
        try (Transport transport = Endpoint.unix(path).open()) {
            NotSentException e =
                    catchThrowableOfType(NotSentException.class, () -> transport.exchange(HttpCall.get("/"), in(5)));
            assertThat(e).isNotNull();
            return e;
        }
    }
}
