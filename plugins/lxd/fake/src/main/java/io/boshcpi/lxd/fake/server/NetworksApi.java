package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Instance;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.JsonObject;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.State;
import io.boshcpi.lxd.fake.rules.Nics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code /1.0/networks}, with the leases of their instances. */
public final class NetworksApi {
    private static final Set<String> TYPES = Set.of("bridge", "macvlan", "sriov", "ovn", "physical");
    private static final int LONGEST_NAME = 15;

    private final State state;
    private final Trust trust;

    public NetworksApi(State state, Trust trust) {
        this.state = state;
        this.trust = trust;
    }

    public void register(Router router) {
        router.add("GET", "/1.0/networks", this::list);
        router.add("POST", "/1.0/networks", this::create);
        router.add("GET", "/1.0/networks/{name}", this::get);
        router.add("PATCH", "/1.0/networks/{name}", this::patch);
        router.add("DELETE", "/1.0/networks/{name}", this::delete);
        router.add("GET", "/1.0/networks/{name}/leases", this::leases);
    }

    private Model.Network find(Request request, String prefix) {
        state.project(request.project(), "Failed to load project \"" + request.project() + "\": ");
        Model.Network network = state.network(request.project(), request.name("name"));
        if (network == null) {
            throw ApiError.notFound(prefix + "Network not found");
        }
        return network;
    }

    private Map<String, Object> json(Model.Network network, Peer peer) {
        return state.dialect.withProject(
                JsonObject.of("config", trust.isRestricted(peer) ? Map.of() : network.config)
                        .and("description", "")
                        .and("name", network.name)
                        .and("type", network.type)
                        .and("used_by", state.dialect.users(state.usersOfNetwork(network)))
                        .and("managed", true)
                        .and("status", "Created")
                        .and("locations", List.of("none")),
                network.project);
    }

    private Reply list(Request request) {
        List<Object> found = new ArrayList<>();
        for (Model.Network network : state.networks(request.project())) {
            found.add(json(network, request.peer()));
        }
        return Reply.sync(found);
    }

    private Reply create(Request request) {
        Map<String, Object> body = request.json();
        String name = Json.text(body, "name", "");
        String type = Json.text(body, "type", "bridge");
        state.project(request.project(), "Failed to load project \"" + request.project() + "\": ");
        if (name.isEmpty()) {
            throw ApiError.badRequest("No name provided");
        }
        if (!TYPES.contains(type)) {
            throw ApiError.badRequest("Unknown driver");
        }
        if (name.length() > LONGEST_NAME) {
            throw ApiError.badRequest("Network interface is too long (maximum 15 characters)");
        }
        if (state.network(request.project(), name) != null) {
            throw state.dialect.networkExists(name);
        }
        Map<String, String> config = Json.strings(body, "config");
        checkOptions(name, config);
        Model.Network network = new Model.Network(name, state.home(request.project(), "networks"), type, config);
        state.put(network);
        return Reply.created("/1.0/networks/" + name);
    }

    private static void checkOptions(String name, Map<String, String> config) {
        for (String key : config.keySet()) {
            boolean known = key.startsWith("ipv4.")
                    || key.startsWith("ipv6.")
                    || key.startsWith("dns.")
                    || key.startsWith("bridge.")
                    || key.startsWith("ovn.")
                    || key.startsWith("security.")
                    || key.startsWith("user.")
                    || key.startsWith("volatile.")
                    || Set.of("network", "parent", "vlan", "mtu", "gvrp", "raw.dnsmasq", "tunnel")
                            .contains(key);
            if (!known) {
                throw ApiError.badRequest("Invalid option for network \"" + name + "\" option \"" + key + "\"");
            }
        }
    }

    private Reply get(Request request) {
        Model.Network network = find(request, "");
        return Reply.sync(json(network, request.peer()));
    }

    private Reply patch(Request request) {
        Model.Network network = find(request, "");
        Map<String, String> config = Json.strings(request.json(), "config");
        checkOptions(network.name, config);
        network.config.putAll(config);
        return Reply.done();
    }

    private Reply delete(Request request) {
        Model.Network network = find(request, "Failed loading network: ");
        if (!state.usersOfNetwork(network).isEmpty()) {
            throw ApiError.badRequest("The network is currently in use");
        }
        state.remove(network);
        return Reply.done();
    }

    private Reply leases(Request request) {
        Model.Network network = find(request, "");
        List<Object> leases = new ArrayList<>();
        String gateway = network.config.get("ipv4.address");
        if (gateway != null && gateway.contains("/")) {
            leases.add(lease(network.name + ".gw", "", gateway.substring(0, gateway.indexOf('/')), "gateway", ""));
        }
        for (Instance instance : state.allInstances()) {
            instance.devices.forEach((name, device) -> {
                String address = device.get("ipv4.address");
                if (network.name.equals(device.get("network")) && address != null) {
                    leases.add(lease(instance.name, Nics.mac(instance, name), address, "static", "none"));
                }
            });
        }
        return Reply.sync(leases);
    }

    private static Map<String, Object> lease(String host, String mac, String address, String type, String location) {
        return JsonObject.of("hostname", host)
                .and("hwaddr", mac)
                .and("address", address)
                .and("type", type)
                .and("location", location);
    }
}
