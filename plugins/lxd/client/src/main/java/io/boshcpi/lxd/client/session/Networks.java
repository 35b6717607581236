package io.boshcpi.lxd.client.session;

import io.boshcpi.json.Json;
import io.boshcpi.lxd.client.engine.ApiReply;
import io.boshcpi.lxd.client.engine.Names;
import io.boshcpi.lxd.client.engine.Request;
import io.boshcpi.lxd.client.engine.Rest;
import io.boshcpi.lxd.client.engine.Url;
import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.Network;
import io.boshcpi.lxd.client.model.NetworkLease;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The networks of the session's project, which are the server's unless the project has the feature {@code networks}.
 */
public final class Networks {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Rest rest;

    Networks(Rest rest) {
        this.rest = rest;
    }

    /** The network, or empty. */
    public Optional<Network> find(String name) {
        ApiReply reply = rest.find(url(name), Subject.NETWORK);
        return reply == null ? Optional.empty() : Optional.of(Network.of(reply.object()));
    }

    /** All networks, and the server's interfaces that could be the parent of one. */
    public List<Network> list() {
        List<Network> networks = new ArrayList<>();
        for (Object json :
                rest.get(Url.of("/1.0/networks").with("recursion", "1")).list()) {
            networks.add(Network.of(Json.members(json)));
        }
        return networks;
    }

    /** Creates a network. If the answer is lost, the network of that name is assumed to be this call's. */
    public void create(String name, String type, Map<String, String> config) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", Names.check("network", name));
        body.put("type", type);
        body.put("config", config);
        BooleanSupplier happened = () -> find(name).isPresent();
        try {
            untilNotBusy(() -> rest.finish(rest.send(Request.post(Url.of("/1.0/networks"), body)), happened));
        } catch (LxdException e) {
            if (!e.is(Kind.OUTCOME_UNKNOWN) || !happened.getAsBoolean()) {
                throw e;
            }
        }
    }

    /** Merges keys into the configuration. */
    public void patchConfig(String name, Map<String, String> config) {
        rest.finish(rest.send(Request.patch(url(name), Map.of("config", config))), () -> true);
    }

    /**
     * Deletes it.
     *
     * @return false if there is none; {@link LxdException.Kind#IN_USE} while something uses it
     */
    public boolean delete(String name) {
        return untilNotBusy(() -> rest.delete(url(name), Subject.NETWORK));
    }

    /** The addresses it has given out. */
    public List<NetworkLease> leases(String name) {
        List<NetworkLease> leases = new ArrayList<>();
        for (Object json : rest.get(url(name).plus("/leases")).list()) {
            leases.add(NetworkLease.of(Json.members(json)));
        }
        return leases;
    }

    /** Incus looks at the interfaces of all networks, and fails if one of them is being made or deleted. */
    private <T> T untilNotBusy(Supplier<T> change) {
        return rest.pausesWithin(PATIENCE_NANOS).untilNotBusy(change);
    }

    private static Url url(String name) {
        return Url.of("/1.0/networks").child(Names.check("network", name));
    }
}
