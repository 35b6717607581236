package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Configs;
import io.boshcpi.lxd.fake.model.Instance;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.State;
import io.boshcpi.lxd.fake.rules.InstanceRules;
import io.boshcpi.lxd.fake.rules.Nics;
import io.boshcpi.lxd.fake.rules.ProjectUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code /1.0/instances} without creation, state, files and commands. */
public final class InstancesApi {
    private static final String INSTANCE = "/1.0/instances/{name}";

    private final State state;
    private final Operations operations;
    private final InstanceRules rules;

    public InstancesApi(State state, Operations operations, InstanceRules rules) {
        this.state = state;
        this.operations = operations;
        this.rules = rules;
    }

    public void register(Router router) {
        router.add("GET", "/1.0/instances", this::list);
        router.add("GET", INSTANCE, this::get);
        router.add("PATCH", INSTANCE, this::patch);
        router.add("PUT", INSTANCE, this::put);
        router.add("DELETE", INSTANCE, this::delete);
    }

    private Instance find(Request request) {
        return state.instance(request.project(), request.name("name"));
    }

    private Reply list(Request request) {
        List<Object> found = new ArrayList<>();
        state.instances(request.project()).forEach(instance -> found.add(instance.json()));
        return Reply.sync(found);
    }

    private Reply get(Request request) {
        Instance instance = find(request);
        return Reply.sync(instance.json()).etag(instance.etag());
    }

    private Reply patch(Request request) {
        Instance instance = find(request);
        Map<String, Object> body = request.json();
        Map<String, String> config = Configs.merged(instance.config, Json.strings(body, "config"));
        Map<String, Map<String, String>> devices = new TreeMap<>(instance.devices);
        devices.putAll(Json.devices(body));
        request.checkEtag(instance.etag());
        instance.checkUpdatable(state.dialect);
        List<String> profiles = body.containsKey("profiles") ? Json.texts(body, "profiles") : instance.profiles;
        apply(instance, config, devices, profiles);
        instance.description = Json.text(body, "description", instance.description);
        return Reply.done();
    }

    private Reply put(Request request) {
        Instance instance = find(request);
        request.checkEtag(instance.etag());
        Map<String, Object> body = request.json();
        Map<String, String> config = Json.strings(body, "config");
        Map<String, Map<String, String>> devices = Json.devices(body);
        String description = Json.text(body, "description", "");
        List<String> profiles = Json.texts(body, "profiles");
        return submit(instance, "Updating instance", new Operations.Work() {
            @Override
            public void begin() {
                instance.checkUpdatable(state.dialect);
                checkVolatile(instance, config);
            }

            @Override
            public void finish(Operation operation) {
                apply(instance, Configs.withoutEmpty(config), devices, profiles);
                instance.description = description;
            }
        });
    }

    private static void checkVolatile(Instance instance, Map<String, String> config) {
        for (String key : instance.config.keySet()) {
            if (key.startsWith("volatile.idmap.") && !config.containsKey(key)) {
                throw ApiError.internal("Volatile idmap keys can't be deleted by the user");
            }
        }
    }

    private Reply submit(Instance instance, String description, Operations.Work work) {
        Map<String, Object> resources =
                state.dialect.instanceResources(instance.name, instance.project, instance.container);
        return operations.submit(instance.project, description, resources, work);
    }

    /** Checks the changed instance as a whole, and only then changes the one that everybody sees. */
    private void apply(
            Instance instance,
            Map<String, String> config,
            Map<String, Map<String, String>> devices,
            List<String> profiles) {
        try {
            rules.checkConfig(config);
        } catch (ApiError e) {
            throw e.prefixed("Invalid config: ");
        }
        rules.checkDeviceTypes(devices);
        Instance changed = new Instance(instance.name, instance.project, instance.container, instance.createdAt);
        changed.config = config;
        changed.devices = devices;
        changed.profiles = profiles;
        rules.checkDevices(changed);
        checkRootStays(instance, changed);
        new ProjectUsage(state, state.project(instance.project, "")).checkUpdate(instance, changed);
        for (String name : changed.devices.keySet()) {
            if (!changed.devices.get(name).equals(instance.devices.get(name))) {
                rules.checkAdd(changed, name);
                checkHotPlug(instance, changed, name);
            }
        }
        take(instance, changed);
    }

    private void checkHotPlug(Instance instance, Instance changed, String name) {
        if (instance.isRunning()) {
            try {
                Nics.checkFree(state, changed, name);
            } catch (ApiError e) {
                throw e.prefixed("Failed add validation for device \"" + name + "\": ");
            }
        }
    }

    private static void checkRootStays(Instance before, Instance after) {
        String pool = rootPool(before);
        String wanted = rootPool(after);
        if (wanted.isEmpty()) {
            throw ApiError.internal(
                    "Invalid devices: Failed detecting root disk device: No root device could be found");
        }
        if (!wanted.equals(pool)) {
            throw ApiError.internal("Cannot update root disk device pool name to \"" + wanted + "\"");
        }
    }

    private static String rootPool(Instance instance) {
        for (Map<String, String> device : instance.devices.values()) {
            if ("/".equals(device.get("path"))) {
                return device.getOrDefault("pool", "");
            }
        }
        return "";
    }

    private void take(Instance instance, Instance changed) {
        instance.config = changed.config;
        instance.devices = changed.devices;
        instance.profiles = changed.profiles;
        Nics.giveAddresses(instance, state.dialect);
        if (instance.isRunning()) {
            InstanceStateApi.recordIdMaps(state, instance);
        }
    }

    /** Attached volumes stay. */
    private Reply delete(Request request) {
        Instance instance = find(request);
        if (instance.isRunning()) {
            throw ApiError.badRequest("Instance is running");
        }
        return submit(instance, "Deleting instance", new Operations.Work() {
            @Override
            public void begin() {
                instance.begin("delete");
            }

            @Override
            public void finish(Operation operation) {
                state.remove(instance);
            }
        });
    }
}
