package io.boshcpi.lxd.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.provider.server.LxdConfig;
import io.boshcpi.release.Repository;
import io.boshcpi.release.Templates;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.PropertyTree;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Job spec, template and configuration record name the same things the same way. */
class ConfigurationNamesTest {
    @Test
    void theSpecHasTheRecordsNamesAndNoOthers() {
        Set<String> names = new TreeSet<>();
        for (String key : PropertyTree.keysOf(LxdConfig.class)) {
            names.add("lxd." + key);
        }
        Set<String> declared = new TreeSet<>(Repository.jobProperties().keySet());
        declared.removeIf(name -> !name.startsWith("lxd."));

        assertThat(declared).isEqualTo(names);
    }

    @Test
    void theSpecsDefaultsAreTheRecords() {
        LxdConfig rendered = config(Map.of("agent.mbus", "x"));
        LxdConfig empty = PropertyTree.empty("lxd").bind(LxdConfig.class);

        assertThat(rendered.projectName()).isEqualTo(empty.projectName());
        assertThat(rendered.profiles()).isEqualTo(empty.profiles());
        assertThat(rendered.storagePoolName()).isEqualTo(empty.storagePoolName());
        assertThat(rendered.repairsUptime()).isEqualTo(empty.repairsUptime());
        assertThat(rendered.socket()).isEqualTo(empty.socket());
        assertThat(rendered.network()).isEqualTo(empty.network());
    }

    @Test
    void aPemBlockArrivesInTheRecordWithItsLines() {
        String pem = "-----BEGIN CERTIFICATE-----\nMIIB+/=\n-----END CERTIFICATE-----\n";
        LxdConfig config = config(Map.of(
                "agent.mbus",
                "x",
                "lxd.url",
                "https://10.0.0.1:8443",
                "lxd.client_certificate",
                pem,
                "lxd.client_key",
                pem,
                "lxd.server_certificate",
                pem));

        assertThat(config.clientCertificate()).contains(pem);
        assertThat(config.clientKey().orElseThrow().value()).isEqualTo(pem);
        assertThat(config.serverCertificate()).contains(pem);
    }

    @Test
    void twoServersAtOnceAreRefusedByName() {
        Map<String, String> both = Map.of(
                "agent.mbus",
                "x",
                "lxd.socket",
                "/s",
                "lxd.url",
                "https://h",
                "lxd.client_certificate",
                "c",
                "lxd.client_key",
                "k");

        assertThatThrownBy(() -> config(both))
                .isInstanceOf(CpiException.class)
                .hasMessageContaining("lxd.socket and lxd.url");
    }

    private static LxdConfig config(Map<String, ?> properties) {
        Map<String, ?> section =
                Repository.hash(Templates.configuration(properties).get("lxd"));
        return PropertyTree.of("lxd", section).bind(LxdConfig.class);
    }
}
