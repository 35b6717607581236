package io.boshcpi.lxd.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Implementation.class)
class HttpsTransportTest extends TransportContract {
    private static final HttpCall LARGE_CALL =
            new HttpCall("POST", "/large", Map.of(), HttpBody.of("application/octet-stream", new byte[1 << 20]));

    @TempDir
    static Path folder;

    private static OpenSsl openssl;
    private static SSLContext tls;

    private final Implementation implementation;

    private int port;

    HttpsTransportTest(Implementation implementation) {
        this.implementation = implementation;
    }

    @BeforeAll
    static void makeCertificates() throws IOException, GeneralSecurityException {
        openssl = new OpenSsl(folder);
        openssl.selfSigned("client");
        openssl.selfSigned("self");
        char[] password = openssl.password().toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(openssl.keyStore("self"))) {
            store.load(in, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
    }

    @Override
    ScriptedServer listen() throws IOException {
        ServerSocket socket = tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        port = socket.getLocalPort();
        return ScriptedServer.over(socket);
    }

    @Override
    Transport open() throws IOException {
        return implementation.open(
                URI.create("https://127.0.0.1:" + port),
                new ClientIdentity(openssl.read("client.crt"), openssl.read("client.key")),
                new ServerTrust.Pinned(openssl.read("self.crt")));
    }

    @Test
    void aServerThatRefusesALargeBodyIsAskedBeforeAnyOfItIsSent() throws Exception {
        CompletableFuture<String> head = new CompletableFuture<>();
        CompletableFuture<String> afterwards = new CompletableFuture<>();
        server.then(connection -> {
            head.complete(connection.readHead());
            connection.write("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
            afterwards.complete(connection.readHead());
        });

        try (HttpReply reply = transport.exchange(LARGE_CALL, System.nanoTime() + TimeUnit.SECONDS.toNanos(20))) {
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.body().readAllBytes()).asString().isEqualTo("no");
        }

        assertThat(head.get(20, TimeUnit.SECONDS)).contains("Expect: 100-continue\r\n");
        assertThat(afterwards.get(20, TimeUnit.SECONDS)).isEmpty();
    }

    @Test
    void aLargeBodyIsSentToAServerThatWantsItAndToOneThatSaysNothing() throws IOException {
        server.then(connection -> {
            connection.write("HTTP/1.1 100 Continue\r\n\r\n");
            connection.answer(connection.read());
            connection.answer(connection.read());
        });

        assertThat(send(LARGE_CALL)).isEqualTo("POST /large");
        assertThat(send(LARGE_CALL)).isEqualTo("POST /large");

        assertThat(server.connections()).isEqualTo(1);
    }
}
