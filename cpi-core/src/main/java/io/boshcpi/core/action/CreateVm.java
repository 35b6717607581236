package io.boshcpi.core.action;

import io.boshcpi.core.rpc.Arguments;
import io.boshcpi.spi.AgentId;
import io.boshcpi.spi.AgentSettings;
import io.boshcpi.spi.CreatedVm;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.VmRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code create_vm}: the answer is always the pair of versions 2 and 3, never the bare string of version 1. */
final class CreateVm implements Action {
    @Override
    public List<String> parameters() {
        return List.of("agent_id", "stemcell_cid", "cloud_properties", "networks", "disk_cids", "env");
    }

    @Override
    public @Nullable Object run(Arguments arguments, Session session) {
        AgentSettings agent = session.configuration()
                .agentSettings(
                        new AgentId(arguments.text("agent_id")),
                        arguments.hash("env").asMap());
        VmRequest request = new VmRequest(
                agent,
                new StemcellCid(arguments.text("stemcell_cid")),
                arguments.hash("cloud_properties"),
                networks(arguments.hash("networks")),
                arguments.diskCids("disk_cids"));
        CreatedVm created = session.provider().vms().create(session.call(), request);
        return List.of(created.cid().value(), created.networks());
    }

    private static List<NetworkSpec> networks(PropertyTree hash) {
        List<NetworkSpec> networks = new ArrayList<>();
        for (String name : hash.keys()) {
            networks.add(NetworkSpec.of(name, hash.section(name)));
        }
        return networks;
    }
}
