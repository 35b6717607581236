package io.boshcpi.spi;

import java.util.List;
import org.apiguardian.api.API;

/**
 * The VM that {@code create_vm} asks for.
 *
 * @param agent what the agent in the VM is to be told, but for networks and disks
 * @param stemcell the stemcell to make it from
 * @param properties the cloud properties: those of the AZ, overlaid by VM type and VM extensions
 * @param networks the networks to connect, in the request's order
 * @param disks persistent disks that will be attached later: a hint for the placement, no order to attach
 */
@API(status = API.Status.STABLE, since = "1.0")
public record VmRequest(
        AgentSettings agent,
        StemcellCid stemcell,
        PropertyTree properties,
        List<NetworkSpec> networks,
        List<DiskCid> disks) {
    /** Takes copies. */
    public VmRequest {
        networks = List.copyOf(networks);
        disks = List.copyOf(disks);
    }
}
