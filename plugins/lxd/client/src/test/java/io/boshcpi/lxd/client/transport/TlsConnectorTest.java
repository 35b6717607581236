package io.boshcpi.lxd.client.transport;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who trusts whom, and that nothing in between acts by itself. */
@ParameterizedClass
@EnumSource(Implementation.class)
@Timeout(60)
class TlsConnectorTest {
    @TempDir
    static Path folder;

    private static OpenSsl openssl;
    private static WireMockServer self;
    private static WireMockServer signed;
    private static WireMockServer elsewhere;
    private static WireMockServer expired;

    private final Implementation implementation;

    private Transport transport;

    TlsConnectorTest(Implementation implementation) {
        this.implementation = implementation;
    }

    @BeforeAll
    static void startServers() throws IOException {
        openssl = new OpenSsl(folder);
        openssl.selfSigned("client");
        openssl.selfSigned("rsa", "rsa:2048");
        openssl.selfSigned("ed25519", "ed25519");
        openssl.selfSigned("self");
        openssl.selfSigned("ca");
        openssl.signed("signed", "ca", "IP:127.0.0.1,DNS:localhost");
        openssl.signed("elsewhere", "ca", "DNS:lxd.example");
        openssl.signed("expired", "ca", "IP:127.0.0.1", -1);
        self = server("self");
        signed = server("signed");
        elsewhere = server("elsewhere");
        expired = server("expired");
    }

    @AfterAll
    static void stopServers() {
        self.stop();
        signed.stop();
        elsewhere.stop();
        expired.stop();
    }

    @BeforeEach
    void open() throws IOException {
        self.resetAll();
        self.stubFor(any(anyUrl()).willReturn(aResponse().withBody("hello").withHeader("ETag", "\"x\"")));
        transport = to(self, new ServerTrust.Pinned(openssl.read("self.crt")));
    }

    @AfterEach
    void close() {
        transport.close();
    }

    @Test
    void aCallArrivesAsItWasMadeAndItsAnswerComesBack() throws IOException {
        HttpBody body = HttpBody.of("application/json", "{}".getBytes(StandardCharsets.UTF_8));

        try (HttpReply reply =
                transport.exchange(new HttpCall("POST", "/1.0/a%20b?c=d", Map.of("X-Test", "1"), body), in(20))) {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("etag")).isEqualTo("\"x\"");
            assertThat(new String(reply.body().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("hello");
        }

        self.verify(postRequestedFor(urlEqualTo("/1.0/a%20b?c=d"))
                .withHeader("X-Test", equalTo("1"))
                .withHeader("Content-Type", equalTo("application/json"))
                .withHeader("Content-Length", equalTo("2"))
                .withRequestBody(equalTo("{}")));
    }

    // --- who trusts whom ----------------------------------------------------------------------------------------

    @Test
    void aPinnedCertificateIsTrustedWhateverItNames() throws IOException {
        assertThat(get(transport)).isEqualTo("hello");
        try (Transport other = to(elsewhere, new ServerTrust.Pinned(openssl.read("elsewhere.crt")))) {
            assertThat(get(other)).isEqualTo("hello");
        }
    }

    @Test
    void anyOtherCertificateThanThePinnedOneIsRefused() throws IOException {
        untrusted(self, new ServerTrust.Pinned(openssl.read("client.crt")));
        untrusted(signed, new ServerTrust.Pinned(openssl.read("ca.crt")));
    }

    @Test
    void aCertificateOfTheAuthorityThatNamesTheHostIsTrusted() throws IOException {
        try (Transport other = to(signed, new ServerTrust.Authority(openssl.read("ca.crt")))) {
            assertThat(get(other)).isEqualTo("hello");
        }
    }

    @Test
    void aCertificateOfTheAuthorityThatNamesAnotherHostIsRefused() throws IOException {
        untrusted(elsewhere, new ServerTrust.Authority(openssl.read("ca.crt")));
    }

    @Test
    void aCertificateThatHasExpiredIsRefusedUnlessItIsThePinnedOne() throws IOException {
        untrusted(expired, new ServerTrust.Authority(openssl.read("ca.crt")));
        try (Transport other = to(expired, new ServerTrust.Pinned(openssl.read("expired.crt")))) {
            assertThat(get(other)).isEqualTo("hello");
        }
    }

    @Test
    void aServerWithoutTheKeyOfThePinnedCertificateIsRefused() throws Exception {
        PrivateKey another = Pem.privateKey(Cryptography.jdk(), "the key", openssl.read("client.key"));
        List<X509Certificate> chain = Pem.certificates("the chain", openssl.read("self.crt"));
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(new KeyManager[] {new ServerKey(another, chain)}, null, null);
        ServerSocket socket = tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());

        try (ScriptedServer impostor = ScriptedServer.over(socket).then(ScriptedServer::echo);
                Transport other = to(socket.getLocalPort(), new ServerTrust.Pinned(openssl.read("self.crt")))) {
            NotSentException e = catchThrowableOfType(NotSentException.class, () -> get(other));

            assertThat(e.reason()).isEqualTo(NotSentException.Reason.UNTRUSTED);
            assertThat(impostor.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "rsa", "ed25519"})
    void aClientIsKnownByItsCertificateWhateverItsKindOfKey(String client) throws IOException {
        ServerTrust trust = new ServerTrust.Pinned(openssl.read("self.crt"));
        ClientIdentity identity = new ClientIdentity(openssl.read(client + ".crt"), openssl.read(client + ".key"));

        try (Transport known = implementation.open(url(self), identity, trust)) {
            assertThat(get(known)).isEqualTo("hello");
        }
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() throws IOException {
        untrusted(signed, new ServerTrust.Authority(openssl.read("self.crt")));
        untrusted(signed, new ServerTrust.SystemAuthorities());
        untrusted(self, new ServerTrust.SystemAuthorities());
    }

    @Test
    void aClientWithoutTheRightCertificateIsRefusedAndNothingIsSentAgain() throws IOException {
        ServerTrust trust = new ServerTrust.Pinned(openssl.read("self.crt"));

        try (Transport refused = implementation.open(url(self), null, trust)) {
            assertThatThrownBy(() -> get(refused)).isInstanceOf(IOException.class);
        }

        assertThat(self.getAllServeEvents()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8443",
                "https://user:secret@127.0.0.1:8443",
                "https://127.0.0.1:8443/1.0",
                "https://127.0.0.1:8443?x=y",
                "127.0.0.1",
            })
    void aUrlThatIsNoServersIsRefusedWithoutQuotingIt(String url) {
        ClientIdentity identity = new ClientIdentity("", "");

        assertThatThrownBy(() -> implementation.open(URI.create(url), identity, new ServerTrust.SystemAuthorities()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void anEndpointDoesNotPrintItsKey() throws IOException {
        assertThat(new Endpoint.Https(List.of(url(self)), identity(), new ServerTrust.SystemAuthorities()).toString())
                .doesNotContain("PRIVATE");
    }

    // --- connections --------------------------------------------------------------------------------------------

    @Test
    void nobodyThereMayComeBack() throws IOException {
        int port;
        try (ServerSocket unused = new ServerSocket(0)) {
            port = unused.getLocalPort();
        }
        try (Transport none = to(port, new ServerTrust.SystemAuthorities())) {
            NotSentException e = catchThrowableOfType(NotSentException.class, () -> get(none));
            assertThat(e.isWorthRetrying()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"EMPTY_RESPONSE", "CONNECTION_RESET_BY_PEER", "RANDOM_DATA_THEN_CLOSE"})
    void aCallThatArrivedAndWasNotAnsweredIsNotRepeated(Fault fault) {
        self.stubFor(any(anyUrl()).willReturn(aResponse().withFault(fault)));
        HttpBody body = HttpBody.of("text/plain", new byte[10]);

        assertThatThrownBy(() -> transport.exchange(new HttpCall("POST", "/x", Map.of(), body), in(20)))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(NotSentException.class);

        self.verify(1, postRequestedFor(urlEqualTo("/x")));
    }

    @Test
    void aBrokenBodyIsAFailure() {
        self.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)));

        assertThatThrownBy(() -> get(transport)).isInstanceOf(IOException.class);
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        self.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(302).withHeader("Location", "/elsewhere")));

        try (HttpReply reply = transport.exchange(HttpCall.get("/"), in(20))) {
            assertThat(reply.status()).isEqualTo(302);
        }

        assertThat(self.getAllServeEvents()).hasSize(1);
    }

    @Test
    void aServerWithOldTlsOnlyIsToldFromOneThatIsNotTrusted() throws Exception {
        byte[] protocolVersionAlert = {0x15, 3, 1, 0, 2, 2, 70};
        try (ServerSocket old = new ServerSocket(0);
                Transport other = to(old.getLocalPort(), new ServerTrust.SystemAuthorities())) {
            Thread server = new Thread(() -> {
                try (Socket connection = old.accept()) {
                    assertThat(connection.getInputStream().read(new byte[4096])).isPositive();
                    connection.getOutputStream().write(protocolVersionAlert);
                    connection.getInputStream().readAllBytes();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            server.start();

            NotSentException e = catchThrowableOfType(NotSentException.class, () -> get(other));

            server.join();
            assertThat(e.reason()).isEqualTo(NotSentException.Reason.OLD_TLS);
            assertThat(e.isWorthRetrying()).isFalse();
            assertThat(e).hasMessageContaining("older than 1.2");
        }
    }

    @Test
    void aServerThatDoesNotSpeakTlsIsNotOneThatIsNotTrusted() throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        try (ScriptedServer plain = ScriptedServer.over(socket)
                        .then(connection -> connection.write("HTTP/1.1 400 Bad Request\r\n\r\n"));
                Transport other = to(socket.getLocalPort(), new ServerTrust.SystemAuthorities())) {
            NotSentException e = catchThrowableOfType(NotSentException.class, () -> get(other));

            assertThat(e.reason()).isEqualTo(NotSentException.Reason.UNREACHABLE);
            assertThat(plain.requests()).isEmpty();
        }
    }

    @Test
    void aKeyThatDoesNotBelongToItsCertificateIsToldBeforeAnythingIsSent() throws IOException {
        ClientIdentity mixed = new ClientIdentity(openssl.read("client.crt"), openssl.read("self.key"));

        assertThatThrownBy(() -> implementation.open(url(self), mixed, new ServerTrust.SystemAuthorities()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("client_key is not the key of client_certificate");
    }

    @Test
    void aServerThatNeverFinishesTheHandshakeIsLeftAtTheDeadline() throws IOException {
        try (ServerSocket silent = new ServerSocket(0);
                Transport stuck = to(silent.getLocalPort(), new ServerTrust.SystemAuthorities())) {
            long start = System.nanoTime();

            assertThatThrownBy(() -> stuck.exchange(HttpCall.get("/"), inMillis(500)))
                    .isInstanceOf(IOException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    private void untrusted(WireMockServer server, ServerTrust trust) throws IOException {
        try (Transport other = to(server, trust)) {
            NotSentException e = catchThrowableOfType(NotSentException.class, () -> get(other));

            assertThat(e.isWorthRetrying()).isFalse();
            assertThat(e.reason()).isEqualTo(NotSentException.Reason.UNTRUSTED);
            assertThat(e.getMessage()).doesNotContain("Exception", "OPENSSL", "ssl=", "_");
        }
    }

    private Transport to(WireMockServer server, ServerTrust trust) throws IOException {
        return implementation.open(url(server), identity(), trust);
    }

    private Transport to(int port, ServerTrust trust) throws IOException {
        return implementation.open(URI.create("https://127.0.0.1:" + port), identity(), trust);
    }

    private static ClientIdentity identity() throws IOException {
        return new ClientIdentity(openssl.read("client.crt"), openssl.read("client.key"));
    }

    private static URI url(WireMockServer server) {
        return URI.create("https://127.0.0.1:" + server.httpsPort());
    }

    private static WireMockServer server(String name) {
        WireMockServer server = new WireMockServer(WireMockConfiguration.options()
                .httpDisabled(true)
                .dynamicHttpsPort()
                .keystorePath(openssl.keyStore(name).toString())
                .keystoreType("PKCS12")
                .keystorePassword(openssl.password())
                .keyManagerPassword(openssl.password())
                .needClientAuth(true)
                .trustStorePath(trustStore().toString())
                .trustStoreType("PKCS12")
                .trustStorePassword(openssl.password()));
        server.start();
        server.stubFor(any(anyUrl()).willReturn(aResponse().withBody("hello")));
        return server;
    }

    /** A store that trusts the clients, made by keytool, since openssl marks no certificate as trusted. */
    private static Path trustStore() {
        Path store = folder.resolve("trusted.p12");
        if (!store.toFile().exists()) {
            for (String client : List.of("client", "rsa", "ed25519")) {
                trust(store, client);
            }
        }
        return store;
    }

    private static void trust(Path store, String client) {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        ProcessBuilder builder = new ProcessBuilder(
                keytool.toString(),
                "-importcert",
                "-noprompt",
                "-alias",
                client,
                "-file",
                client + ".crt",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                openssl.password());
        try {
            Process process = builder.directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("keytool.log").toFile())
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What a server presents, without a look at whether the key is that of the certificate. */
    private static final class ServerKey extends X509ExtendedKeyManager {
        private final PrivateKey key;
        private final List<X509Certificate> chain;

        ServerKey(PrivateKey key, List<X509Certificate> chain) {
            this.key = key;
            this.chain = chain;
        }

        @Override
        public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
            return keyType.equals("EC") ? "server" : null;
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chain.toArray(new X509Certificate[0]);
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return null;
        }

        @Override
        public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
            return null;
        }
    }

    private static String get(Transport transport) throws IOException {
        try (HttpReply reply = transport.exchange(HttpCall.get("/"), in(20))) {
            return new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static long in(int seconds) {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    private static long inMillis(int millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
