package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.model.Instance;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.State;
import io.boshcpi.lxd.fake.rules.InstanceRules;
import io.boshcpi.lxd.fake.rules.Nics;
import java.util.Map;
import java.util.TreeMap;

/** {@code /1.0/instances} without creation, state, files and commands. */
final class InstancesApi extends ApiPart {
    private static final String INSTANCE = "/1.0/instances/{name}";

    private final InstanceRules rules;

    InstancesApi(State state, Operations operations, InstanceRules rules) {
        super(state, operations);
        this.rules = rules;
    }

    @Override
    void register(Router router) {
        router.add("GET", "/1.0/instances", this::list);
        router.add("GET", INSTANCE, this::get);
        router.add("PATCH", INSTANCE, this::patch);
        router.add("PUT", INSTANCE, this::put);
        router.add("DELETE", INSTANCE, this::delete);
    }

    private Reply list(Request request) {
        return Reply.sync(state.instances.of(request.project()).stream()
                .map(Instance::json)
                .toList());
    }

    private Reply get(Request request) {
        Instance instance = instance(request);
        return Reply.sync(instance.json()).etag(instance.etag());
    }

    private Reply patch(Request request) {
        Instance instance = instance(request);
        Map<String, Object> body = request.json();
        Instance changed = changed(instance, Json.merged(instance.config, Json.strings(body, "config")));
        changed.devices = new TreeMap<>(instance.devices);
        changed.devices.putAll(Json.devices(body));
        changed.profiles = instance.profiles;
        changed.description = instance.description;
        request.checkEtag(instance.etag());
        checkUpdatable(instance);
        Map<String, String> before = instance.config;
        apply(instance, changed);
        tellGuest(instance, before);
        return Reply.done();
    }

    /** LXD tells a guest of each key that it can see, when all is recorded. The virtual machines here have no agent. */
    private void tellGuest(Instance instance, Map<String, String> before) {
        if (dialect != Dialect.LXD || !instance.running || !instance.type.equals("virtual-machine")) {
            return;
        }
        for (Map.Entry<String, String> entry : instance.config.entrySet()) {
            String key = entry.getKey();
            if (key.startsWith("user.") && !entry.getValue().equals(before.get(key))) {
                throw ApiError.internal("LXD VM agent isn't currently running");
            }
        }
    }

    private Reply put(Request request) {
        Instance instance = instance(request);
        request.checkEtag(instance.etag());
        Map<String, Object> body = request.json();
        Map<String, String> config = Json.strings(body, "config");
        Instance changed = changed(instance, Json.merged(Map.of(), config));
        changed.devices = Json.devices(body);
        changed.profiles = Json.texts(body, "profiles");
        changed.description = Json.text(body, "description", "");
        return operations.submit(instance.project, "Updating instance", wholeOf(instance), new Operations.Work() {
            @Override
            public void begin() {
                checkUpdatable(instance);
                if (instance.config.containsKey("volatile.idmap.next") && !config.containsKey("volatile.idmap.next")) {
                    throw ApiError.internal("Volatile idmap keys can't be deleted by the user");
                }
            }

            @Override
            public void finish(Operation operation) {
                apply(instance, changed);
            }
        });
    }

    private static Instance changed(Instance instance, Map<String, String> config) {
        Instance changed = new Instance(instance.name, instance.project, instance.type);
        changed.location = instance.location;
        changed.config = config;
        return changed;
    }

    /** A running command hinders no update, and LXD lets one through during a start. */
    private void checkUpdatable(Instance instance) {
        if (!("start".equals(instance.busy) && dialect == Dialect.LXD)) {
            instance.checkNotBusy("update");
        }
    }

    /** Checks the changed instance as a whole, and only then changes the one that everybody sees. */
    private void apply(Instance instance, Instance changed) {
        ApiError.prefixed("Invalid config: ", () -> rules.checkConfig(changed.config));
        rules.checkDeviceTypes(changed.devices);
        rules.checkDevices(changed);
        changed.devices.forEach((name, device) -> {
            if (!device.equals(instance.devices.get(name))) {
                rules.checkAdd(changed, name);
                checkHotPlug(instance, changed, name);
            }
        });
        instance.config = changed.config;
        instance.devices = changed.devices;
        instance.profiles = changed.profiles;
        instance.description = changed.description;
    }

    private void checkHotPlug(Instance instance, Instance changed, String name) {
        if (instance.running) {
            ApiError.prefixed(
                    "Failed add validation for device \"" + name + "\": ", () -> Nics.checkFree(state, changed, name));
        }
    }

    /** Attached volumes stay. */
    private Reply delete(Request request) {
        Instance instance = instance(request);
        if (instance.running) {
            throw ApiError.badRequest("Instance is running");
        }
        return operations.submit(instance.project, "Deleting instance", wholeOf(instance), new Operations.Work() {
            @Override
            public void begin() {
                instance.checkNotBusy("delete");
                instance.busy = "delete";
            }

            @Override
            public void finish(Operation operation) {
                state.instances.remove(instance.project, instance.name);
            }
        });
    }
}
