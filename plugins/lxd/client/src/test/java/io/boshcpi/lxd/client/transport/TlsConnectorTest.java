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
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who trusts whom, and that nothing in between acts by itself. */
@Timeout(60)
class TlsConnectorTest {
    @TempDir
    static Path folder;

    private static OpenSsl openssl;
    private static WireMockServer self;
    private static WireMockServer signed;
    private static WireMockServer elsewhere;

    private Transport transport;

    @BeforeAll
    static void startServers() throws IOException {
        openssl = new OpenSsl(folder);
        openssl.selfSigned("client");
        openssl.selfSigned("self");
        openssl.selfSigned("ca");
        openssl.signed("signed", "ca", "IP:127.0.0.1,DNS:localhost");
        openssl.signed("elsewhere", "ca", "DNS:lxd.example");
        self = server("self");
        signed = server("signed");
        elsewhere = server("elsewhere");
    }

    @AfterAll
    static void stopServers() {
        self.stop();
        signed.stop();
        elsewhere.stop();
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
    void aCertificateOfAnotherAuthorityIsRefused() throws IOException {
        untrusted(signed, new ServerTrust.Authority(openssl.read("self.crt")));
        untrusted(signed, new ServerTrust.SystemAuthorities());
        untrusted(self, new ServerTrust.SystemAuthorities());
    }

    @Test
    void aClientWithoutTheRightCertificateIsRefusedAndNothingIsSentAgain() throws IOException {
        ServerTrust trust = new ServerTrust.Pinned(openssl.read("self.crt"));
        Endpoint.Https anonymous = new Endpoint.Https(url(self), null, trust);

        try (Transport refused = anonymous.open()) {
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
        Endpoint endpoint =
                Endpoint.https(URI.create(url), new ClientIdentity("", ""), new ServerTrust.SystemAuthorities());

        assertThatThrownBy(endpoint::open)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void anEndpointDoesNotPrintItsKey() throws IOException {
        assertThat(new Endpoint.Https(url(self), identity(), new ServerTrust.SystemAuthorities()).toString())
                .doesNotContain("PRIVATE");
    }

    // --- connections --------------------------------------------------------------------------------------------

    @Test
    void nobodyThereMayComeBack() throws IOException {
        int port;
        try (ServerSocket unused = new ServerSocket(0)) {
            port = unused.getLocalPort();
        }
        Endpoint.Https nobody = new Endpoint.Https(
                URI.create("https://127.0.0.1:" + port), identity(), new ServerTrust.SystemAuthorities());

        try (Transport none = nobody.open()) {
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
                Transport other = Endpoint.https(
                                URI.create("https://127.0.0.1:" + old.getLocalPort()),
                                identity(),
                                new ServerTrust.SystemAuthorities())
                        .open()) {
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
    void aKeyThatDoesNotBelongToItsCertificateIsToldBeforeAnythingIsSent() throws IOException {
        ClientIdentity mixed = new ClientIdentity(openssl.read("client.crt"), openssl.read("self.key"));

        assertThatThrownBy(() -> Endpoint.https(url(self), mixed, new ServerTrust.SystemAuthorities())
                        .open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("client_key is not the key of client_certificate");
    }

    @Test
    void aServerThatNeverFinishesTheHandshakeIsLeftAtTheDeadline() throws IOException {
        try (ServerSocket silent = new ServerSocket(0);
                Transport stuck = Endpoint.https(
                                URI.create("https://127.0.0.1:" + silent.getLocalPort()),
                                identity(),
                                new ServerTrust.SystemAuthorities())
                        .open()) {
            long start = System.nanoTime();

            assertThatThrownBy(() -> stuck.exchange(HttpCall.get("/"), inMillis(500)))
                    .isInstanceOf(IOException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    private static void untrusted(WireMockServer server, ServerTrust trust) throws IOException {
        try (Transport other = to(server, trust)) {
            NotSentException e = catchThrowableOfType(NotSentException.class, () -> get(other));

            assertThat(e.isWorthRetrying()).isFalse();
            assertThat(e.reason()).isEqualTo(NotSentException.Reason.UNTRUSTED);
            assertThat(e.getMessage()).doesNotContain("Exception");
        }
    }

    private static Transport to(WireMockServer server, ServerTrust trust) throws IOException {
        return Endpoint.https(url(server), identity(), trust).open();
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

    /** A store that trusts the client, made by keytool, since openssl marks no certificate as trusted. */
    private static Path trustStore() {
        Path store = folder.resolve("trusted.p12");
        if (!store.toFile().exists()) {
            Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
            ProcessBuilder builder = new ProcessBuilder(
                    keytool.toString(),
                    "-importcert",
                    "-noprompt",
                    "-alias",
                    "client",
                    "-file",
                    "client.crt",
                    "-keystore",
                    "trusted.p12",
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
        return store;
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
