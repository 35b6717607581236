package io.boshcpi.lxd.devices;

import io.boshcpi.lxd.spi.DeviceContributor;
import io.boshcpi.lxd.testkit.DeviceContributorContract;
import java.util.Map;

final class MappedDevicesTest extends DeviceContributorContract {
    @Override
    protected DeviceContributor contributor() {
        return new MappedDevices();
    }

    @Override
    protected Map<String, Object> cloudProperties() {
        return Map.of(
                "devices",
                Map.of(
                        "gpu0", Map.of("type", "gpu"),
                        "fuse", Map.of("type", "unix-char", "path", "/dev/fuse", "mode", "0666")));
    }
}
