package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Instance;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.JsonObject;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code /1.0/networks}, with the leases of their instances. */
final class NetworksApi extends ApiPart {
    private final Trust trust;

    NetworksApi(State state, Operations operations, Trust trust) {
        super(state, operations);
        this.trust = trust;
    }

    @Override
    void register(Router router) {
        router.add("GET", "/1.0/networks", this::list);
        router.add("POST", "/1.0/networks", this::create);
        router.add("GET", "/1.0/networks/{name}", this::get);
        router.add("PATCH", "/1.0/networks/{name}", this::patch);
        router.add("DELETE", "/1.0/networks/{name}", this::delete);
        router.add("GET", "/1.0/networks/{name}/leases", this::leases);
    }

    private Model.Network find(Request request, String prefix) {
        project(request);
        Model.Network network = state.network(request.project(), request.name("name"));
        if (network == null) {
            throw ApiError.notFound(prefix + "Network not found");
        }
        return network;
    }

    private JsonObject json(Model.Network network, Peer peer) {
        return JsonObject.of("config", trust.isRestricted(peer) ? Map.of() : network.config())
                .and("name", network.name())
                .and("type", network.type())
                .and("used_by", state.users(network))
                .and("managed", true)
                .and("status", "Created");
    }

    private Reply list(Request request) {
        return Reply.sync(state.networks.of(state.home(request.project(), "networks")).stream()
                .map(network -> json(network, request.peer()))
                .toList());
    }

    private Reply create(Request request) {
        Map<String, Object> body = request.json();
        String name = Json.text(body, "name", "");
        project(request);
        if (state.network(request.project(), name) != null) {
            throw dialect.choose(
                    ApiError.badRequest("The network already exists"),
                    ApiError.conflict("Network \"" + name + "\" already exists"));
        }
        String home = state.home(request.project(), "networks");
        put(new Model.Network(name, home, Json.text(body, "type", "bridge"), Json.strings(body, "config")));
        return Reply.created();
    }

    private void put(Model.Network network) {
        state.networks.put(network.project(), network.name(), network);
    }

    private Reply get(Request request) {
        return Reply.sync(json(find(request, ""), request.peer()));
    }

    private Reply patch(Request request) {
        Model.Network network = find(request, "");
        network.config().putAll(Json.strings(request.json(), "config"));
        return Reply.done();
    }

    private Reply delete(Request request) {
        Model.Network network = find(request, "Failed loading network: ");
        if (!state.users(network).isEmpty()) {
            throw ApiError.badRequest("The network is currently in use");
        }
        state.networks.remove(network.project(), network.name());
        return Reply.done();
    }

    private Reply leases(Request request) {
        Model.Network network = find(request, "");
        List<JsonObject> leases = new ArrayList<>();
        for (Instance instance : state.instances.all()) {
            for (Map<String, String> device : instance.devices.values()) {
                String address = device.get("ipv4.address");
                if (network.name().equals(device.get("network")) && address != null) {
                    leases.add(JsonObject.of("hostname", instance.name).and("address", address));
                }
            }
        }
        return Reply.sync(leases);
    }
}
