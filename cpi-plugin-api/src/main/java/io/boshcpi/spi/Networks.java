package io.boshcpi.spi;

import java.util.Optional;
import org.apiguardian.api.API;

/** Networks whose life cycle BOSH manages. */
@API(status = API.Status.STABLE, since = "1.0")
public interface Networks {
    /**
     * Makes a network.
     *
     * @throws CpiException if it fails; then nothing of it is left
     */
    CreatedNetwork create(Call call, Request request);

    /** Removes the network. Succeeds when it is absent. */
    void delete(Call call, NetworkCid network);

    /**
     * The network that {@code create_network} asks for.
     *
     * @param range the subnet in CIDR notation, if the operator chose one
     * @param gateway the gateway's address, if the operator chose one
     * @param netmaskBits the size of a range that the cloud chooses, 1 to 32 for IPv4
     * @param properties the cloud properties of AZ and subnet
     */
    record Request(
            Optional<String> range, Optional<String> gateway, Optional<Integer> netmaskBits, PropertyTree properties) {}
}
