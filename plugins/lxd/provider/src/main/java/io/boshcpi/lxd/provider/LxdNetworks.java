package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.model.Network;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.CreatedNetwork;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.NetworkCid;
import io.boshcpi.spi.Networks;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Networks whose life BOSH manages, as bridges; a network's CID is its name. */
final class LxdNetworks implements Networks {
    private static final String KIND_NETWORK = "network";
    /** With eight digits this keeps within the 15 characters that an interface's name may have. */
    private static final String PREFIX = "bosh-";

    private final LxdCloud cloud;

    LxdNetworks(LxdCloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public CreatedNetwork create(Call call, Request request) {
        BridgeProperties properties = request.properties().bind(BridgeProperties.class, propertiesOfAzs());
        try {
            LxdSession lxd = cloud.session(call);
            Subnet subnet = request.range().isPresent()
                    ? Subnet.parse(request.range().get(), request.gateway())
                    : free(lxd, request);
            String name = PREFIX + String.format("%08x", new SecureRandom().nextInt());
            Undo undo = new Undo();
            undo.register(
                    "network " + name, () -> cloud.undoSession(call).networks().delete(name));
            try {
                lxd.networks().create(name, "bridge", config(call, subnet, properties));
            } catch (RuntimeException e) {
                undo.run(e);
                throw e;
            }
            return new CreatedNetwork(
                    new NetworkCid(name), subnet.toString(), subnet.gateway(), List.of(), Map.of("name", name));
        } catch (LxdException e) {
            throw Errors.of(e);
        }
    }

    @Override
    public void delete(Call call, NetworkCid network) {
        try {
            LxdSession lxd = cloud.session(call);
            Optional<Network> found = lxd.networks().find(network.value());
            if (found.isEmpty()) {
                return;
            }
            if (!KIND_NETWORK.equals(found.get().config().get(Tags.KIND))) {
                throw new CpiException(
                        ErrorType.CLOUD_ERROR,
                        "The network " + network + " was not made by this CPI, so it is not deleted");
            }
            lxd.networks().delete(network.value());
        } catch (LxdException e) {
            throw Errors.of(e);
        }
    }

    /** The Director merges the AZ's cloud properties into the subnet's; they are meant for VMs. */
    private Set<String> propertiesOfAzs() {
        return VmProperties.keys(cloud.contributors().deviceProperties());
    }

    private Map<String, String> config(Call call, Subnet subnet, BridgeProperties properties) {
        Map<String, String> config = new TreeMap<>(properties.config());
        config.putAll(Tags.of(KIND_NETWORK, call, cloud.now()));
        config.put(Tags.STATE, Tags.STATE_READY);
        config.put("ipv4.address", subnet.gateway() + "/" + subnet.prefixLength());
        config.putIfAbsent("ipv4.nat", String.valueOf(properties.nat().orElse(true)));
        config.putIfAbsent("ipv6.address", "none");
        return config;
    }

    /** A subnet of the wanted size that overlaps with no network that the server knows. */
    private static Subnet free(LxdSession lxd, Request request) {
        int bits = request.netmaskBits()
                .orElseThrow(() -> CpiException.badRequest("The network has neither a range nor netmask_bits"));
        List<Subnet> taken = new ArrayList<>();
        for (Network network : lxd.networks().list()) {
            String address = network.config().getOrDefault("ipv4.address", "");
            if (address.contains("/")) {
                taken.add(Subnet.containing(address));
            }
        }
        return Subnet.free(bits, taken, new SecureRandom());
    }

    /**
     * The cloud properties of a subnet whose network BOSH manages.
     *
     * @param nat whether VMs reach other networks through the host's address; {@code true} if not given
     * @param config further configuration of the bridge, such as {@code ipv4.dhcp.ranges}
     */
    private record BridgeProperties(Optional<Boolean> nat, Map<String, String> config) {}
}
