package io.boshcpi.lxd.provider.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.lxd.fake.RealServer;
import io.boshcpi.lxd.provider.testing.Lab;
import io.boshcpi.lxd.provider.testing.OnRealServers;
import io.boshcpi.lxd.provider.testing.Uptime;
import io.boshcpi.spi.VmCid;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Why {@code uptime_repair} is there: what {@link RestartsIT} asserts of uptimes is wrong without it. Needs a running
 * lxcfs, as {@code .ci/servers} starts it.
 */
@OnRealServers
final class UptimeIT {
    private final RealServer server;

    UptimeIT(RealServer server) {
        this.server = server;
    }

    @Test
    void withoutTheRepairMonitTakesServicesToRunSinceTheFuture() {
        try (Lab lab = new Lab(server, Map.of("uptime_repair", false))) {
            VmCid vm = lab.vm("systemd", Map.of());
            Uptime.letMonitWatchServices(lab, vm);

            Uptime uptime = new Uptime(lab, vm);
            assertThat(uptime.seconds()).isLessThan(uptime.youngestProcessStart());
            assertThat(uptime.ofServicesInMonit()).anyMatch(seconds -> seconds < 0);
        }
    }
}
