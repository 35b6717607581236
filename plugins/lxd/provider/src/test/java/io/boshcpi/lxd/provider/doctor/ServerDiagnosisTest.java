package io.boshcpi.lxd.provider.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.lxd.client.model.Server;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What servers say of their kernels: yes, no, nothing. */
class ServerDiagnosisTest {
    @Test
    void onlyAKernelThatIsSaidNotToMapIdsDoesNot() {
        assertThat(mapsIds(Map.of("kernel_features", Map.of("idmapped_mounts", "true"))))
                .isTrue();
        assertThat(mapsIds(Map.of("kernel_features", Map.of("idmapped_mounts", "false"))))
                .isFalse();
        assertThat(mapsIds(Map.of("kernel_features", Map.of()))).isTrue();
        assertThat(mapsIds(Map.of())).isTrue();
    }

    private static boolean mapsIds(Map<String, ?> environment) {
        return ServerDiagnosis.mapsIdsAtMountTime(Server.of(Map.of("environment", environment)));
    }
}
