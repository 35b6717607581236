package io.boshcpi.lxd.provider.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.provider.testing.Harness;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.VmCid;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GuestApiTest {
    @TempDir
    private Path folder;

    @Test
    void theInstanceTellsItsName() throws IOException {
        assertThat(idFrom("#cloud-config\ninstance-id: 1234\nlocal-hostname: vm-1\n"))
                .isEqualTo(new VmCid("vm-1"));
    }

    @Test
    void anAnswerWithoutANameIsAnError() {
        assertThatThrownBy(() -> idFrom("not found\n"))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("does not tell the instance's name");
    }

    @Test
    void aSocketWithoutAServerIsNamed() {
        Path nobody = folder.resolve("nobody");

        assertThatThrownBy(() -> new GuestApi(nobody).id(Harness.call("d")))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining(nobody + " does not answer");
    }

    private VmCid idFrom(String answer) throws IOException {
        Path socket = folder.resolve("sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(server, answer));
            VmCid vm = new GuestApi(socket).id(Harness.call("d"));
            served.join();
            return vm;
        }
    }

    private static void serve(ServerSocketChannel server, String answer) {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + answer.length() + "\r\n\r\n";
        try (SocketChannel guest = server.accept()) {
            BufferedReader request = new BufferedReader(
                    new InputStreamReader(Channels.newInputStream(guest), StandardCharsets.US_ASCII));
            assertThat(request.readLine()).isEqualTo("GET /1.0/meta-data HTTP/1.1");
            for (String line = request.readLine(); line != null && !line.isEmpty(); ) {
                line = request.readLine();
            }
            guest.write(ByteBuffer.wrap((head + answer).getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
