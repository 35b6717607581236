package io.boshcpi.lxd.provider.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.lxd.fake.RealServer;
import io.boshcpi.lxd.provider.testing.Lab;
import io.boshcpi.lxd.provider.testing.OnRealServers;
import io.boshcpi.spi.VmCid;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cloud property {@code devices}. */
@OnRealServers
final class DevicesIT {
    private static final String SOCKET = "/warden-cpi-dev/lxd.socket";

    private final RealServer server;

    DevicesIT(RealServer server) {
        this.server = server;
    }

    /** What a Director that lives in a container needs; the socket is made again at each start. */
    @ParameterizedTest
    @ValueSource(strings = {"systemd", "tiny-runit"})
    void aVmGetsTheHostsSocketBesideItsDisks(String stemcell) {
        try (Lab lab = new Lab(server)) {
            VmCid vm = lab.vm(
                    stemcell,
                    Map.of(
                            "devices",
                            Map.of(
                                    "lxd",
                                    Map.of(
                                            "type",
                                            "proxy",
                                            "bind",
                                            "container",
                                            "connect",
                                            "unix:" + server.socket(),
                                            "listen",
                                            "unix:" + SOCKET,
                                            "uid",
                                            1000,
                                            "gid",
                                            1000,
                                            "mode",
                                            "0660"))));

            lab.sh(vm, "echo kept > " + lab.attach(vm, lab.disk(64, Map.of())) + "/file");
            assertThat(lab.sh(vm, "stat -c '%F %a %u %g' " + SOCKET)).isEqualTo("socket 660 1000 1000");

            lab.provider.vms().reboot(lab.call, vm);
            lab.awaitAgent(vm);

            assertThat(lab.sh(vm, "stat -c '%F %a %u %g' " + SOCKET)).isEqualTo("socket 660 1000 1000");
            assertThat(lab.sh(vm, "cat /warden-cpi-dev/*/file")).isEqualTo("kept");
            if (stemcell.equals("systemd")) {
                assertThat(get(lab, vm, "/1.0")).contains("\"auth\":\"trusted\"");
            }
        }
    }

    private static String get(Lab lab, VmCid vm, String path) {
        return lab.sh(
                vm,
                "perl -MIO::Socket::UNIX -e 'my $s = IO::Socket::UNIX->new(\"" + SOCKET + "\") or die;"
                        + " print $s \"GET " + path + " HTTP/1.0\\r\\n\\r\\n\"; print while <$s>'");
    }
}
