package io.boshcpi.lxd.provider.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.provider.testing.OnFakeLxd;
import io.boshcpi.lxd.spi.Device;
import io.boshcpi.lxd.spi.DeviceContributor;
import io.boshcpi.lxd.spi.DeviceRequest;
import io.boshcpi.lxd.spi.NetworkContributor;
import io.boshcpi.lxd.spi.NicRequest;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import io.boshcpi.spi.StemcellCid;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A plan is made once, so plugins are asked once for each call. */
@Tag("fake")
final class ContributorsAreAskedOnceTest {
    private final CountingDevices devices = new CountingDevices();
    private final CountingNetwork network = new CountingNetwork();

    @Test
    void eachContributorIsAskedOncePerVm() throws IOException {
        try (OnFakeLxd cloud = new OnFakeLxd(Dialect.LXD, List.of(devices, network))) {
            StemcellCid stemcell = cloud.stemcell();

            create(cloud, stemcell, "10.77.1.20");
            assertThat(devices.asked).as("for the first VM of a stemcell").isEqualTo(1);
            assertThat(network.asked).isEqualTo(1);

            create(cloud, stemcell, "10.77.1.21");
            assertThat(devices.asked).as("with the next VM").isEqualTo(2);
            assertThat(network.asked).isEqualTo(2);
        }
    }

    private static void create(OnFakeLxd cloud, StemcellCid stemcell, String address) {
        cloud.vm(stemcell, Map.of("counted", "yes"), address, Map.of("type", "counted"));
    }

    private static final class CountingDevices implements DeviceContributor {
        private int asked;

        @Override
        public Options options() {
            return Options.of(Option.string("counted", "whether it is counted"));
        }

        @Override
        public List<Device> devices(DeviceRequest request) {
            asked++;
            return List.of();
        }
    }

    private static final class CountingNetwork implements NetworkContributor {
        private int asked;

        @Override
        public Set<String> types() {
            return Set.of("counted");
        }

        @Override
        public Options options() {
            return Options.none();
        }

        @Override
        public Device nic(NicRequest request) {
            asked++;
            return new Device(request.interfaceName(), Map.of("type", "nic", "network", "fakebr0"));
        }
    }
}
