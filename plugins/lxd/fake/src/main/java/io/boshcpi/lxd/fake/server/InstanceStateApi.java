package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.model.Instance;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.JsonObject;
import io.boshcpi.lxd.fake.model.State;
import io.boshcpi.lxd.fake.rules.Nics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** {@code /1.0/instances/NAME/state}: start, stop, restart; and the log of a start. */
final class InstanceStateApi extends ApiPart {
    private static final Map<String, String> TITLES = Map.of(
            "start", "Starting instance",
            "stop", "Stopping instance",
            "restart", "Restarting instance");

    /** What is below this path is not on the host. */
    private static final String NO_SUCH_PATH = "/nonexistent";

    InstanceStateApi(State state, Operations operations) {
        super(state, operations);
    }

    @Override
    void register(Router router) {
        router.add("GET", "/1.0/instances/{name}/state", this::get);
        router.add("PUT", "/1.0/instances/{name}/state", this::put);
        router.add("GET", "/1.0/instances/{name}/logs/{file}", this::log);
    }

    private Reply get(Request request) {
        Instance instance = instance(request);
        return Reply.sync(JsonObject.of("status", instance.status()).and("pid", instance.running ? 4242 : 0));
    }

    private Reply log(Request request) {
        Instance instance = instance(request);
        if (instance.lxcLog.isEmpty() || !request.name("file").equals("lxc.log")) {
            throw ApiError.notFound("Not Found");
        }
        return Reply.raw(instance.lxcLog.getBytes(StandardCharsets.UTF_8));
    }

    private Reply put(Request request) {
        Instance instance = instance(request);
        Map<String, Object> body = request.json();
        String action = Json.text(body, "action", "");
        String title = TITLES.get(action);
        if (title == null) {
            throw ApiError.badRequest("Unknown action: '" + action + "'");
        }
        boolean force = Boolean.TRUE.equals(body.get("force"));
        long seconds = body.get("timeout") instanceof Number number ? number.longValue() : 30;
        Change change = new Change(instance, action, force, Duration.ofSeconds(seconds));
        return operations.submit(instance.project, title, stateOf(instance), change);
    }

    /** The operation for one action. */
    private final class Change implements Operations.Work {
        private final Instance instance;
        private final String action;
        private final boolean starts;
        private final boolean stops;
        private final boolean force;
        private final Duration timeout;

        Change(Instance instance, String action, boolean force, Duration timeout) {
            this.instance = instance;
            this.action = action;
            this.starts = !action.equals("stop");
            this.stops = !action.equals("start");
            this.force = force;
            this.timeout = timeout;
        }

        /** A forced stop breaks into a start or a clean stop that takes its time. */
        @Override
        public void begin() {
            if (!stops && instance.running) {
                throw ApiError.internal("The instance is already running");
            }
            if (stops && !instance.running) {
                throw ApiError.badRequest("The instance is already stopped");
            }
            if (!force || starts) {
                instance.checkNotBusy(action);
            }
            instance.busy = action;
            // LXD takes an instance for running as soon as its start begins, Incus when it has ended.
            instance.running |= dialect == Dialect.LXD;
        }

        /** The time that a deaf guest lets a clean stop wait. */
        @Override
        public Duration duration() {
            return isDeaf() ? timeout : Duration.ZERO;
        }

        private boolean isDeaf() {
            return stops && !force && instance.guest.ignoresShutdown();
        }

        /** Does nothing if a forced stop broke in. */
        @Override
        public void finish(Operation operation) {
            if (!action.equals(instance.busy)) {
                return;
            }
            instance.busy = null;
            if (isDeaf()) {
                throw ApiError.internal("Failed shutting down instance, status is \"Running\": "
                        + dialect.choose("shutting down the container failed", "context deadline exceeded"));
            }
            instance.running = false;
            if (stops) {
                instance.guest.stopped();
                instance.config.put("volatile.last_state.power", "STOPPED");
            }
            if (starts) {
                start(instance);
            }
        }
    }

    private void start(Instance instance) {
        for (String name : instance.devices.keySet()) {
            ApiError.prefixed(
                    "Failed start validation for device \"" + name + "\": ",
                    () -> Nics.checkFree(state, instance, name));
        }
        checkInit(instance);
        String unlucky = state.startFailures.poll();
        if (unlucky != null) {
            throw failed(instance, unlucky);
        }
        instance.running = true;
        instance.lastUsedAt = State.now();
        instance.config.remove("volatile.apply_template");
        instance.config.put("volatile.last_state.power", "RUNNING");
        instance.config.put("volatile.idmap.next", "[]");
    }

    private void checkInit(Instance instance) {
        if (!instance.type.equals("container")) {
            return;
        }
        String rawLxc = instance.config.getOrDefault("raw.lxc", "");
        String init = instance.guest.files.resolve("/sbin/init", true);
        if (!rawLxc.contains("lxc.init.cmd") && instance.guest.files.find(init) == null) {
            throw failed(instance, "No such file or directory - Failed to exec \"/sbin/init\"");
        } else if (rawLxc.contains("lxc.mount.entry = " + NO_SUCH_PATH)) {
            throw failed(instance, "No such file or directory - Failed to mount \"" + NO_SUCH_PATH + "\"");
        }
    }

    /** LXC says why in its log; the server says only that LXC failed. */
    private ApiError failed(Instance instance, String reason) {
        String prefix = "lxc " + instance.name + " 20260102030405.678 ";
        instance.lxcLog = prefix + "WARN     cgfsng - ../src/lxc/cgroups/cgfsng.c:fchowmodat:1619 - No such file\n"
                + prefix + "ERROR    utils - ../src/lxc/utils.c:start:1220 - " + reason + "\n"
                + prefix + "ERROR    start - ../src/lxc/start.c:__lxc_start:2107 - Failed to spawn container \""
                + instance.name + "\"\n";
        String server = dialect.server();
        return ApiError.internal("Failed to run: /usr/libexec/" + server + "d forkstart " + instance.name
                + " /var/lib/" + server + "/containers /run/" + server + "/" + instance.name
                + "/lxc.conf: exit status 1");
    }
}
