package io.boshcpi.spi;

import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * The answer of {@code create_network}.
 *
 * @param cid the new network
 * @param range its subnet in CIDR notation
 * @param gateway its gateway's address
 * @param reserved addresses of the range that the cloud keeps for itself
 * @param properties what replaces the subnet's cloud properties in later {@code create_vm} calls
 */
@API(status = API.Status.STABLE, since = "1.0")
public record CreatedNetwork(
        NetworkCid cid, String range, String gateway, List<String> reserved, Map<String, Object> properties) {}
