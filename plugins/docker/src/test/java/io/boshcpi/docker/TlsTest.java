package io.boshcpi.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.boshcpi.spi.Call;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Deadline;
import io.boshcpi.spi.VmCid;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An engine behind TLS whose certificates do not fit the configuration is told with the field to correct. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsTest {
    @TempDir
    static Path folder;

    private TestTls tls;
    private FakeEngine engine;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        tls = TestTls.in(folder);
        engine = new FakeEngine(tls);
    }

    @AfterAll
    void stop() {
        engine.close();
    }

    @Test
    void anEngineAndAClientThatTrustEachOtherTalk() {
        try (CloudProvider provider = engine.provider()) {
            assertThat(provider.vms().exists(call(), new VmCid("vm-1"))).isFalse();
        }
    }

    @Test
    void anEngineOfAnotherAuthorityIsRefused() {
        CpiException failure = failureWith(Map.of("ca_certificate", tls.certificate("stranger")));
        assertThat(failure)
                .hasMessageContaining("docker.ca_certificate did not sign")
                .hasMessageContaining("https://127.0.0.1:" + engine.port());
        assertThat(failure.okToRetry()).isFalse();
    }

    @Test
    void anEngineOfAnotherNameIsRefused() {
        String url = "https://localhost:" + engine.port();
        CpiException failure = failureWith(Map.of("url", url));
        assertThat(failure.okToRetry()).isFalse();
        assertThat(failure)
                .hasMessageContaining("certificate of another host; docker.url needs")
                .hasMessageContaining(url);
    }

    /** It may end the connection before it says why. */
    @Test
    void anEngineThatDoesNotKnowItsClientIsToldWithTheField() {
        CpiException failure = failureWith(
                Map.of("client_certificate", tls.certificate("stranger"), "client_key", tls.key("stranger")));
        assertThat(failure).hasMessageContaining("docker.client_certificate");
    }

    @Test
    void aKeyOfAnotherCertificateIsToldWithBothFields() {
        CpiException failure = failureWith(Map.of("client_key", tls.key("stranger")));
        assertThat(failure).hasMessageContaining("docker.client_certificate").hasMessageContaining("docker.client_key");
    }

    private CpiException failureWith(Map<String, Object> settings) {
        return catchThrowableOfType(CpiException.class, () -> {
            try (CloudProvider provider = engine.provider(settings)) {
                provider.vms().exists(call(), new VmCid("vm-1"));
            }
        });
    }

    private static Call call() {
        return new Call("test", Optional.empty(), Deadline.in(Duration.ofMinutes(1)));
    }
}
