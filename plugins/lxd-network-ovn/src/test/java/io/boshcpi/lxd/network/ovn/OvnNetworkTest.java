package io.boshcpi.lxd.network.ovn;

import io.boshcpi.lxd.spi.NetworkContributor;
import io.boshcpi.lxd.testkit.NetworkContributorContract;
import java.util.Map;

final class OvnNetworkTest extends NetworkContributorContract {
    @Override
    protected NetworkContributor contributor() {
        return new OvnNetwork();
    }

    @Override
    protected Map<String, Object> cloudProperties() {
        return Map.of("type", "ovn", "name", "ovn0", "mtu", 1442);
    }
}
