package io.boshcpi.docker.network;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import io.boshcpi.docker.engine.Engine;
import io.boshcpi.docker.engine.Labels;
import io.boshcpi.docker.engine.Names;
import io.boshcpi.docker.vm.DockerVms;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.CreatedNetwork;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.NetworkCid;
import io.boshcpi.spi.Networks;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Networks that BOSH manages; a network's CID is its name. */
public final class DockerNetworks implements Networks {
    private static final Logger LOG = LoggerFactory.getLogger(DockerNetworks.class);

    /** What the subnet of a network that BOSH manages can have. */
    public static final Options OPTIONS = Options.of(
            Option.string("driver", "the network driver").withDefault("bridge"),
            Option.bool("internal", "whether VMs reach nothing outside of the network")
                    .withDefault(false),
            Option.hash("options", "options of the driver, such as `{com.docker.network.driver.mtu: \"1400\"}`"));

    private record Properties(String driver, boolean internal, Map<String, String> options) {}

    private final Engine engine;

    public DockerNetworks(Engine engine) {
        this.engine = engine;
    }

    @Override
    public CreatedNetwork create(Call call, Request request) {
        // The Director merges the AZ's cloud properties into the subnet's, though they are meant for VMs.
        Properties properties =
                request.properties().without(DockerVms.OPTIONS.names()).bind(Properties.class, OPTIONS);
        Names.checked(request.properties(), "driver", properties.driver());
        String range = request.range()
                .orElseThrow(
                        () -> CpiException.badRequest(
                                "The network has no range; an engine chooses ranges of its own size, so netmask_bits is not enough"));
        Map<String, String> labels = Labels.of(Labels.KIND_NETWORK, call, engine.clock());
        return engine.run(call, (docker, undo) -> {
            Optional<Network> earlier = ofEarlierAttempt(docker, call, range);
            String name = earlier.map(Network::getName).orElse("bosh-" + UUID.randomUUID());
            if (earlier.isEmpty()) {
                undo.register("the network " + name, client -> remove(client, name));
                Network.Ipam.Config subnet = new Network.Ipam.Config().withSubnet(range);
                request.gateway().ifPresent(subnet::withGateway);
                docker.createNetworkCmd()
                        .withName(name)
                        .withDriver(properties.driver())
                        .withInternal(properties.internal())
                        .withOptions(properties.options())
                        .withIpam(new Network.Ipam().withConfig(List.of(subnet)))
                        .withLabels(labels)
                        .exec();
            }
            return new CreatedNetwork(
                    new NetworkCid(name), range, gateway(docker, name, range), List.of(), Map.of("name", name));
        });
    }

    /**
     * The unused network of that range that an earlier call of the same Director made. That call was cut off; a second
     * network of that range could not be made as long as the first exists.
     */
    private static Optional<Network> ofEarlierAttempt(DockerClient docker, Call call, String range) {
        if (call.directorUuid().isEmpty()) {
            return Optional.empty();
        }
        String director = call.directorUuid().get();
        for (Network network : docker.listNetworksCmd().exec()) {
            if (Labels.haveKind(network.getLabels(), Labels.KIND_NETWORK)
                    && director.equals(
                            Labels.value(network.getLabels(), Labels.DIRECTOR).orElse(""))
                    && subnets(network).contains(range)
                    && containers(docker, network.getName()) == 0) {
                LOG.info("The network {} is what an earlier create_network has left", network.getName());
                return Optional.of(network);
            }
        }
        return Optional.empty();
    }

    private static int containers(DockerClient docker, String name) {
        return docker.listContainersCmd()
                .withShowAll(true)
                .withNetworkFilter(List.of(name))
                .exec()
                .size();
    }

    private static List<String> subnets(Network network) {
        List<Network.Ipam.Config> configs =
                network.getIpam() == null ? null : network.getIpam().getConfig();
        return configs == null
                ? List.of()
                : configs.stream().map(Network.Ipam.Config::getSubnet).toList();
    }

    /** Docker does not tell a gateway that it chose itself: the first address. */
    private static String gateway(DockerClient docker, String name, String range) {
        return docker.inspectNetworkCmd().withNetworkId(name).exec().getIpam().getConfig().stream()
                .map(Network.Ipam.Config::getGateway)
                .filter(gateway -> gateway != null && !gateway.isEmpty())
                .findFirst()
                .orElseGet(() -> firstAddress(range));
    }

    /** The first address of a range that the engine has taken. */
    private static String firstAddress(String range) {
        int slash = range.indexOf('/');
        try {
            byte[] address = InetAddress.getByName(range.substring(0, slash)).getAddress();
            int length = Integer.parseInt(range.substring(slash + 1));
            for (int bit = length; bit < address.length * 8; bit++) {
                address[bit / 8] &= (byte) ~(0x80 >> bit % 8);
            }
            address[address.length - 1] |= 1;
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new CpiException(ErrorType.CLOUD_ERROR, "The range " + range + " of a network is none", e);
        }
    }

    @Override
    public void delete(Call call, NetworkCid network) {
        engine.run(call, (docker, undo) -> {
            Optional<Network> found = find(docker, network.value());
            if (found.isPresent() && !Labels.haveKind(found.get().getLabels(), Labels.KIND_NETWORK)) {
                throw new CpiException(
                        ErrorType.CLOUD_ERROR,
                        "The network " + network + " was not made by this CPI, so it is not deleted");
            }
            if (found.isPresent()) {
                removeUnlessUsed(docker, network);
            }
            return network;
        });
    }

    private static void removeUnlessUsed(DockerClient docker, NetworkCid network) {
        // By force, Podman would remove the containers as well; without, it leaves those that are stopped without it.
        if (containers(docker, network.value()) > 0) {
            throw new CpiException(
                    ErrorType.CLOUD_ERROR, "The network " + network + " is not deleted, since VMs are connected to it");
        }
        remove(docker, network.value());
    }

    private static Optional<Network> find(DockerClient docker, String name) {
        if (!Names.isName(name)) {
            return Optional.empty();
        }
        try {
            return Optional.of(docker.inspectNetworkCmd().withNetworkId(name).exec());
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    private static void remove(DockerClient docker, String name) {
        try {
            docker.removeNetworkCmd(name).exec();
        } catch (NotFoundException e) {
            // That is how it should be.
        }
    }
}
