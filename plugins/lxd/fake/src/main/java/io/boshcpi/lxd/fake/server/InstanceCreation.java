package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Instance;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.State;
import io.boshcpi.lxd.fake.rules.InstanceRules;
import io.boshcpi.lxd.fake.rules.ProjectUsage;
import java.util.List;
import java.util.Map;

/** {@code POST /1.0/instances}: what is refused at once, and what only the operation finds out. */
final class InstanceCreation extends ApiPart {
    private final InstanceRules rules;

    InstanceCreation(State state, Operations operations, InstanceRules rules) {
        super(state, operations);
        this.rules = rules;
    }

    @Override
    void register(Router router) {
        router.add("POST", "/1.0/instances", this::create);
    }

    private Reply create(Request request) {
        Model.Project project = state.project(request.project(), "Failed loading project: ");
        Map<String, Object> body = request.json();
        Instance instance =
                new Instance(Json.text(body, "name", ""), project.name(), Json.text(body, "type", "container"));
        instance.config = Json.merged(Map.of(), Json.strings(body, "config"));
        instance.devices = Json.devices(body);
        instance.profiles = body.containsKey("profiles") ? Json.texts(body, "profiles") : List.of("default");
        instance.location = state.cluster.ofInstance(request.query().getOrDefault("target", ""));
        rules.checkName(instance.name);
        for (String profile : instance.profiles) {
            if (!profile.equals("default")) {
                throw ApiError.internal("Requested profile \"" + profile + "\" doesn't exist");
            }
        }
        new ProjectUsage(state, project).checkCreate(instance);
        String fingerprint = Json.text(Json.child(body, "source"), "fingerprint", "");
        Creation creation = new Creation(instance, fingerprint);
        return operations.submit(project.name(), "Creating instance", wholeOf(instance), creation);
    }

    /** The instance is there from the beginning of the operation, stopped and busy. */
    private final class Creation implements Operations.Work {
        private final Instance instance;
        private final String fingerprint;

        private Creation(Instance instance, String fingerprint) {
            this.instance = instance;
            this.fingerprint = fingerprint;
        }

        @Override
        public void begin() {
            unpackImage();
            if (state.instances.get(instance.project, instance.name) != null) {
                throw ApiError.internal("Failed creating instance record: Add instance info to the database: "
                        + dialect.choose(
                                "This \"instances\" entry already exists",
                                "Failed to create \"instances\" entry: UNIQUE constraint failed: instances.project_id,"
                                        + " instances.name"));
            }
            ApiError.prefixed("Failed creating instance record: ", () -> {
                rules.checkConfig(instance.config);
                rules.checkDeviceTypes(instance.devices);
                String initialising = dialect.choose("initialising", "initializing");
                ApiError.prefixed("Failed " + initialising + " instance: ", () -> {
                    rules.checkRoot(instance);
                    rules.checkDevices(instance);
                    instance.devices.keySet().forEach(name -> rules.checkAdd(instance, name));
                });
            });
            instance.config.put("volatile.apply_template", "create");
            instance.busy = "create";
            state.instances.put(instance.project, instance.name, instance);
        }

        private void unpackImage() {
            Model.Image image = state.image(instance.project, fingerprint);
            if (image == null) {
                throw ApiError.internal("Image not provided for instance creation");
            }
            if (!image.type().equals(instance.type)) {
                throw ApiError.internal("Requested image's type \"" + image.type() + "\" doesn't match instance type \""
                        + instance.type + "\"");
            }
            image.properties().forEach((key, value) -> instance.config.put("image." + key, value));
            instance.guest.files = image.files().copy();
        }

        @Override
        public void finish(Operation operation) {
            instance.busy = null;
        }
    }
}
