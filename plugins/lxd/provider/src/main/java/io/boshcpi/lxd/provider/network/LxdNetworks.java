package io.boshcpi.lxd.provider.network;

import io.boshcpi.lxd.client.model.Network;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.server.LxdCloud;
import io.boshcpi.lxd.provider.server.Marks;
import io.boshcpi.lxd.provider.server.Policy;
import io.boshcpi.lxd.provider.server.ServerAction;
import io.boshcpi.lxd.provider.server.ServerTask;
import io.boshcpi.lxd.provider.server.Undo;
import io.boshcpi.lxd.provider.vm.VmProperties;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.CreatedNetwork;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.NetworkCid;
import io.boshcpi.spi.Networks;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Networks that BOSH manages, as bridges; a network's CID is its name. */
public final class LxdNetworks implements Networks {
    /** With eight digits a name keeps within the 15 characters of an interface's name. */
    private static final String PREFIX = "bosh-";

    private static final Logger LOG = LoggerFactory.getLogger(LxdNetworks.class);

    private final LxdCloud cloud;

    public LxdNetworks(LxdCloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public CreatedNetwork create(Call call, Request request) {
        BridgeProperties properties =
                request.properties().without(propertiesOfAzs()).bind(BridgeProperties.class, OPTIONS);
        return cloud.run(call, new ServerTask<>() {
            @Override
            protected CreatedNetwork run(LxdSession lxd, Undo undo) {
                if (!properties.config().isEmpty()) {
                    boolean restricted = LxdCloud.existingProject(lxd).isRestricted();
                    Policy.of(cloud.config(), restricted).checkNetwork(request.properties());
                }
                Subnet subnet = request.range().isPresent()
                        ? Subnet.parse(request.range().get(), request.gateway())
                        : free(lxd, request);
                Map<String, String> config = config(call, subnet, properties);
                Optional<Network> earlier =
                        request.range().isPresent() ? ofEarlierAttempt(lxd, config) : Optional.empty();
                String name = earlier.isPresent() ? earlier.get().name() : newName();
                if (earlier.isEmpty()) {
                    undo.register(new NetworkRemoval(name));
                    lxd.networks().create(name, "bridge", config);
                }
                lxd.networks().patchConfig(name, Map.of(Marks.STATE, Marks.STATE_READY));
                return new CreatedNetwork(
                        new NetworkCid(name), subnet.toString(), subnet.gateway(), List.of(), Map.of("name", name));
            }
        });
    }

    /**
     * The unused network that an earlier call of the same Director made of the same configuration. That call was cut off;
     * a second network of that range could not be made as long as the first exists.
     */
    private static Optional<Network> ofEarlierAttempt(LxdSession lxd, Map<String, String> config) {
        for (Network network : lxd.networks().list()) {
            Map<String, String> present = new TreeMap<>(network.config());
            present.put(Marks.CREATED_AT, config.getOrDefault(Marks.CREATED_AT, ""));
            present.put(Marks.STATE, Marks.STATE_CREATING);
            if (network.usedBy().isEmpty() && present.entrySet().containsAll(config.entrySet())) {
                LOG.info("The network {} is what an earlier create_network has left", network.name());
                return Optional.of(network);
            }
        }
        return Optional.empty();
    }

    @Override
    public void delete(Call call, NetworkCid network) {
        cloud.run(call, new ServerAction() {
            @Override
            protected void act(LxdSession lxd) {
                Optional<Network> found = lxd.networks().find(network.value());
                if (found.isEmpty()) {
                    return;
                }
                if (!Marks.haveKind(found.get().config(), Marks.KIND_NETWORK)) {
                    throw new CpiException(
                            ErrorType.CLOUD_ERROR,
                            "The network " + network + " was not made by this CPI, so it is not deleted");
                }
                lxd.networks().delete(network.value());
            }
        });
    }

    /** The Director merges the AZ's cloud properties into the subnet's, though they are meant for VMs. */
    private Set<String> propertiesOfAzs() {
        return VmProperties.keys(cloud.contributors());
    }

    private static String newName() {
        String digits = Integer.toHexString(new SecureRandom().nextInt());
        return PREFIX + "00000000".substring(digits.length()) + digits;
    }

    private Map<String, String> config(Call call, Subnet subnet, BridgeProperties properties) {
        Map<String, String> config = new TreeMap<>(properties.config());
        config.putAll(Marks.of(Marks.KIND_NETWORK, cloud.origin(call)));
        config.put("ipv4.address", subnet.gateway() + "/" + subnet.prefixLength());
        config.putIfAbsent("ipv4.nat", String.valueOf(properties.nat()));
        config.putIfAbsent("ipv6.address", "none");
        return config;
    }

    /** A subnet of the wanted size that overlaps no network of the server. */
    private static Subnet free(LxdSession lxd, Request request) {
        if (request.netmaskBits().isEmpty()) {
            throw CpiException.badRequest("The network has neither a range nor netmask_bits");
        }
        List<Subnet> taken = new ArrayList<>();
        for (Network network : lxd.networks().list()) {
            String address = network.config().getOrDefault("ipv4.address", "");
            if (address.contains("/")) {
                taken.add(Subnet.containing(address));
            }
        }
        return Subnet.free(request.netmaskBits().get(), taken, new SecureRandom());
    }

    /** What a subnet of a network that BOSH manages can have. */
    public static final Options OPTIONS = Options.of(
            Option.bool("nat", "whether VMs reach other networks through the host's address")
                    .withDefault(true),
            Option.hash("config", "further configuration of the bridge, such as `ipv4.dhcp.ranges`"));

    private record BridgeProperties(boolean nat, Map<String, String> config) {}

    /** Undoes the creation of a network. */
    private static final class NetworkRemoval extends Undo.Step {
        private final String network;

        NetworkRemoval(String network) {
            super("network " + network);
            this.network = network;
        }

        @Override
        protected void undo(LxdSession lxd) {
            lxd.networks().delete(network);
        }
    }
}
