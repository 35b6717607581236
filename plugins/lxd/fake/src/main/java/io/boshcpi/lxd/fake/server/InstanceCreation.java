package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Configs;
import io.boshcpi.lxd.fake.model.Instance;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.State;
import io.boshcpi.lxd.fake.rules.InstanceRules;
import io.boshcpi.lxd.fake.rules.Nics;
import io.boshcpi.lxd.fake.rules.ProjectUsage;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code POST /1.0/instances}: what is refused at once, and what only the operation finds out. */
public final class InstanceCreation {
    private final State state;
    private final Operations operations;
    private final InstanceRules rules;

    public InstanceCreation(State state, Operations operations, InstanceRules rules) {
        this.state = state;
        this.operations = operations;
        this.rules = rules;
    }

    public void register(Router router) {
        router.add("POST", "/1.0/instances", this::create);
    }

    private Reply create(Request request) {
        Model.Project project = state.project(request.project(), "Failed loading project: ");
        Map<String, Object> body = request.json();
        Instance instance = instance(project.name, body);
        rules.checkName(instance.name);
        for (String profile : instance.profiles) {
            if (!State.hasProfile(profile)) {
                throw ApiError.internal("Requested profile \"" + profile + "\" doesn't exist");
            }
        }
        Map<String, Object> source = Json.child(body, "source");
        checkSource(source);
        new ProjectUsage(state, project).checkCreate(instance);
        Map<String, Object> resources =
                state.dialect.instanceResources(instance.name, instance.project, instance.container);
        return operations.submit(project.name, "Creating instance", resources, new Creation(instance, source));
    }

    private Instance instance(String project, Map<String, Object> body) {
        String name = Json.text(body, "name", "");
        if (name.isEmpty()) {
            name = "fake-" + UUID.randomUUID().toString().substring(0, 8);
        }
        boolean container = !Json.text(body, "type", "container").equals("virtual-machine");
        Instance instance = new Instance(name, project, container, State.now());
        instance.config = Configs.withoutEmpty(Json.strings(body, "config"));
        instance.devices = Json.devices(body);
        instance.profiles = body.get("profiles") == null ? List.of("default") : Json.texts(body, "profiles");
        instance.description = Json.text(body, "description", "");
        return instance;
    }

    private static void checkSource(Map<String, Object> source) {
        String type = Json.text(source, "type", "");
        if (!type.equals("image")) {
            throw ApiError.badRequest("Unknown source type \"" + type + "\"");
        }
    }

    private Model.Image image(String project, Map<String, Object> source) {
        String fingerprint = Json.text(source, "fingerprint", "");
        Model.Image image = state.image(project, fingerprint);
        if (image == null) {
            throw ApiError.internal("Image not provided for instance creation");
        }
        return image;
    }

    /** The instance is there from the beginning of the operation, stopped and busy. */
    private final class Creation implements Operations.Work {
        private final Instance instance;
        private final Map<String, Object> source;

        private Creation(Instance instance, Map<String, Object> source) {
            this.instance = instance;
            this.source = source;
        }

        @Override
        public void begin() {
            Model.Image image = image(instance.project, source);
            checkType(image);
            unpack(image);
            if (state.findInstance(instance.project, instance.name) != null) {
                throw state.dialect.instanceExists();
            }
            checkRecord();
            checkParts();
            instance.config.put("volatile.uuid", UUID.randomUUID().toString());
            instance.config.put(
                    "volatile.cloud-init.instance-id", UUID.randomUUID().toString());
            instance.config.put("volatile.apply_template", "create");
            instance.config.put("volatile.last_state.idmap", "[]");
            Nics.giveAddresses(instance, state.dialect);
            instance.begin("create");
            state.put(instance);
        }

        private void checkType(Model.Image image) {
            if (!image.type.equals(instance.type())) {
                throw ApiError.internal("Requested image's type \"" + image.type + "\" doesn't match instance type \""
                        + instance.type() + "\"");
            }
            if (!instance.container && !state.virtualMachines) {
                throw ApiError.internal("Instance type \"virtual-machine\" is not supported on this server:"
                        + " vhost_vsock kernel module not loaded");
            }
        }

        private void unpack(Model.Image image) {
            image.properties.forEach((key, value) -> instance.config.put("image." + key, value));
            instance.config.put("volatile.base_image", image.fingerprint);
            instance.guest.files = image.files.copy();
            image.lastUsedAt = State.now();
        }

        private void checkRecord() {
            try {
                rules.checkConfig(instance.config);
                rules.checkDeviceTypes(instance.devices);
            } catch (ApiError e) {
                throw e.prefixed("Failed creating instance record: ");
            }
        }

        private void checkParts() {
            try {
                rules.checkRoot(instance);
                rules.checkDevices(instance);
                instance.devices.keySet().forEach(name -> rules.checkAdd(instance, name));
            } catch (ApiError e) {
                throw e.prefixed(state.dialect.initialising());
            }
        }

        @Override
        public void finish(Operation operation) {
            instance.idle();
            try {
                checkSpace();
            } catch (ApiError e) {
                state.remove(instance);
                throw e;
            }
        }

        private void checkSpace() {
            for (Map<String, String> device : instance.devices.values()) {
                if ("/".equals(device.get("path"))
                        && state.pool(device.getOrDefault("pool", "")).isFull()) {
                    throw ApiError.internal("Failed creating instance from image: Unpack failed: Failed to run: tar:"
                            + " exit status 2 (tar: ./x: Cannot write: No space left on device)");
                }
            }
        }
    }
}
