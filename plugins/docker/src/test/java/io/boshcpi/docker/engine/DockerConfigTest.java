package io.boshcpi.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.spi.PropertyTree;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerConfigTest {
    @Test
    void nothingHasToBeSaid() {
        DockerConfig config = bind(Map.of());
        assertThat(config.address()).hasToString("unix:///var/run/docker.sock");
        assertThat(config.silence()).hasMinutes(10);
        assertThat(config.allowsPrivileged()).isFalse();
    }

    @Test
    void theDocumentedOptionsAreThoseThatCanBeWritten() {
        assertThat(DockerConfig.OPTIONS.names()).isEqualTo(PropertyTree.keysOf(DockerConfig.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://10.0.0.1:2375", "tcp://10.0.0.1:2375", "/var/run/docker.sock", "unix://", "unix:///"})
    void anEngineThatWouldNotKnowItsClientIsRefused(String url) {
        assertThatThrownBy(() -> bind(Map.of("url", url))).hasMessageContaining("docker.url must be");
    }

    @Test
    void httpsNeedsAPortAndACertificate() {
        assertThatThrownBy(() -> bind(Map.of("url", "https://engine"))).hasMessageContaining("https://HOST:2376");
        assertThatThrownBy(() -> bind(Map.of("url", "https://engine:2376")))
                .hasMessageContaining("docker.client_certificate and docker.client_key");
    }

    @Test
    void aTimeoutLeavesAVmTheTimeToShutDown() {
        assertThatThrownBy(() -> bind(Map.of("timeout", "30s"))).hasMessageContaining("at least 1m");
    }

    @Test
    void aKeyThatIsNoneIsNamedAndNotShown() {
        DockerConfig config = bind(
                Map.of("url", "https://engine:2376", "client_certificate", "a certificate", "client_key", "not-shown"));
        assertThatThrownBy(() -> new PemTls(config).getSSLContext())
                .hasMessageContaining("docker.client_key")
                .hasMessageNotContaining("not-shown");
    }

    private static DockerConfig bind(Map<String, Object> section) {
        return PropertyTree.of("configuration.docker", section).bind(DockerConfig.class);
    }
}
