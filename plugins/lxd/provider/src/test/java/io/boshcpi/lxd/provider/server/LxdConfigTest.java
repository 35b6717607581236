package io.boshcpi.lxd.provider.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.PropertyTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations that leave open which server is meant, or how each side knows the other. */
class LxdConfigTest {
    private static final Map<String, String> REMOTE =
            Map.of("url", "https://lxd.example:8443", "client_certificate", "cert", "client_key", "key");

    @ParameterizedTest
    @ValueSource(strings = {"https://lxd.example:8443", "https://192.0.2.1:443", "https://[2001:db8::1]:8443"})
    void aUrlWithItsPortIsTaken(String url) {
        assertThatCode(() -> bind("url", url)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "url                | https://lxd.example     | lxd.url has no port",
                "url                | https://[2001:db8::1]   | https://HOST:8443",
                "url                | http://lxd.example:8443 | lxd.url must begin with https://",
                "socket             | /run/lxd.socket         | lxd.socket and lxd.url are both given",
            })
    void aServerThatIsNotNamedClearlyIsRefused(String key, String value, String message) {
        assertThatThrownBy(() -> bind(key, value))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aUrlNeedsAClientThatTheServerKnows() {
        assertThatThrownBy(() -> PropertyTree.of("lxd", Map.of("url", "https://lxd.example:8443"))
                        .bind(LxdConfig.class))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("lxd.client_certificate and lxd.client_key are needed");
    }

    @Test
    void otherMembersAreGivenAsTheFirstIs() {
        List<String> urls = List.of("https://192.0.2.2:8443", "https://192.0.2.3:8443");
        assertThat(bind("failover_urls", urls).failoverUrls()).isEqualTo(urls);
        assertThatThrownBy(() -> bind("failover_urls", List.of("https://192.0.2.2:8443", "https://192.0.2.3")))
                .isInstanceOf(CpiException.class)
                .hasMessageStartingWith("lxd.failover_urls has no port");
        assertThatThrownBy(() ->
                        PropertyTree.of("lxd", Map.of("failover_urls", urls)).bind(LxdConfig.class))
                .isInstanceOf(CpiException.class)
                .hasMessage("lxd.failover_urls is given without lxd.url, which it is a replacement for");
    }

    @Test
    void disksUpToALimitFollowTheirVms() {
        assertThat(bind("disks_follow_max_mib", 20480L).disksFollowUpToMib()).isEqualTo(20480);
        assertThat(bind("disks_follow_vms", true).disksFollowUpToMib()).isEqualTo(102400);
        assertThat(bind("disks_follow_vms", false).disksFollowUpToMib()).isZero();
        assertThatThrownBy(() -> bind("disks_follow_max_mib", 0L))
                .isInstanceOf(CpiException.class)
                .hasMessage("lxd.disks_follow_max_mib is 0, but must be a number of MiB from 1;"
                        + " lxd.disks_follow_vms: false lets no disk follow");
    }

    private static LxdConfig bind(String key, Object value) {
        Map<String, Object> config = new HashMap<>(REMOTE);
        config.put(key, value);
        return PropertyTree.of("lxd", config).bind(LxdConfig.class);
    }
}
