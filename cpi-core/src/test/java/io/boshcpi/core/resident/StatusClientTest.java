package io.boshcpi.core.resident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.core.installation.Distribution;
import io.boshcpi.core.status.StatusFormat;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one who asks makes of listeners that are no healthy host. {@link ListenerTest} has the healthy one. */
@Timeout(60)
class StatusClientTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeEach
    void install() throws IOException {
        Files.createDirectories(folder.resolve("lib"));
        Files.writeString(folder.resolve("lib/build"), "b\n");
    }

    private StatusClient.Answer ask(Duration patience) throws IOException {
        return StatusClient.ask(
                folder.resolve("s"), new Distribution(folder), folder.resolve("cpi.json"), StatusFormat.JSON, patience);
    }

    private ServerSocketChannel listen() throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(folder.resolve("s")));
    }

    @Test
    void noSocketIsNoHost() {
        assertThatThrownBy(() -> ask(Duration.ofSeconds(5)))
                .isInstanceOf(StatusClient.NoHostException.class)
                .hasMessageContaining("there is no socket");
    }

    @Test
    void aSocketThatAKilledHostLeftIsNoHost() throws IOException {
        listen().close();

        assertThatThrownBy(() -> ask(Duration.ofSeconds(5)))
                .isInstanceOf(StatusClient.NoHostException.class)
                .hasMessageContaining("left by a host that is gone");
    }

    @Test
    void aHostThatHangsIsNotWaitedForForever() throws IOException {
        try (ServerSocketChannel hung = listen()) {
            assertThat(hung.isOpen()).isTrue();

            assertThatThrownBy(() -> ask(Duration.ofMillis(50)))
                    .isNotInstanceOf(StatusClient.NoHostException.class)
                    .hasMessageContaining("did not answer in time");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'R\0\0\0\03old', 'refuses to tell it (old)'",
        "'O\0\0\0\2{}', hung up",
        "'', hung up",
        "'HTTP/1.1 400', does not speak the protocol",
        "'O\177\0\0\0', does not speak the protocol"
    })
    void whatIsNoAnswerIsAnError(String bytes, String reason) throws Exception {
        try (ServerSocketChannel server = listen()) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                try (SocketChannel peer = server.accept()) {
                    peer.read(ByteBuffer.allocate(4096));
                    peer.write(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });

            assertThatThrownBy(() -> ask(Duration.ofSeconds(30))).hasMessageContaining(reason);
            served.get();
        }
    }
}
