package io.boshcpi.lxd.network.macvlan;

import io.boshcpi.lxd.spi.NetworkContributor;
import io.boshcpi.lxd.testkit.NetworkContributorContract;
import java.util.Map;

final class HostInterfaceNetworkTest extends NetworkContributorContract {
    @Override
    protected NetworkContributor contributor() {
        return new HostInterfaceNetwork();
    }

    @Override
    protected Map<String, Object> cloudProperties() {
        return Map.of("type", "macvlan", "parent", "enp1s0", "vlan", 12);
    }
}
