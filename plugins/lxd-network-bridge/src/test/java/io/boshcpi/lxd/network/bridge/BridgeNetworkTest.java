package io.boshcpi.lxd.network.bridge;

import io.boshcpi.lxd.spi.NetworkContributor;
import io.boshcpi.lxd.testkit.NetworkContributorContract;
import java.util.Map;

final class BridgeNetworkTest extends NetworkContributorContract {
    @Override
    protected NetworkContributor contributor() {
        return new BridgeNetwork();
    }

    @Override
    protected Map<String, Object> cloudProperties() {
        return Map.of("type", "bridge", "name", "lxdbr0", "reserve_address", true);
    }
}
