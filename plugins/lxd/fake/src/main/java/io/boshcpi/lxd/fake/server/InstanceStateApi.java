package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.model.Instance;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.JsonObject;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.State;
import io.boshcpi.lxd.fake.model.Urls;
import io.boshcpi.lxd.fake.rules.Nics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code /1.0/instances/NAME/state}: start, stop, restart. */
public final class InstanceStateApi {
    private static final String ID_MAP =
            "[{\"Isuid\":true,\"Isgid\":false,\"Hostid\":100000,\"Nsid\":0,\"Maprange\":65536},"
                    + "{\"Isuid\":false,\"Isgid\":true,\"Hostid\":100000,\"Nsid\":0,\"Maprange\":65536}]";
    private static final Map<String, String> TITLES = Map.of(
            "start", "Starting instance",
            "stop", "Stopping instance",
            "restart", "Restarting instance");
    private static final Set<String> ENDING = Set.of("stop", "restart");

    /** What is below this path is not on the host. */
    private static final String NO_SUCH_PATH = "/nonexistent";

    private final State state;
    private final Operations operations;

    public InstanceStateApi(State state, Operations operations) {
        this.state = state;
        this.operations = operations;
    }

    public void register(Router router) {
        router.add("GET", "/1.0/instances/{name}/state", this::get);
        router.add("PUT", "/1.0/instances/{name}/state", this::put);
        router.add("GET", "/1.0/instances/{name}/logs/{file}", this::log);
    }

    private Instance find(Request request) {
        return state.instance(request.project(), request.name("name"));
    }

    private Reply get(Request request) {
        Instance instance = find(request);
        return Reply.sync(JsonObject.of("status", instance.status.title)
                .and("status_code", instance.status.code)
                .and("pid", instance.isRunning() ? 4242 : 0));
    }

    private Reply log(Request request) {
        Instance instance = find(request);
        String file = request.name("file");
        if (!file.equals("lxc.log") && !file.equals("qemu.log")) {
            throw ApiError.badRequest("log file name " + file + " not valid");
        }
        if (instance.lxcLog.isEmpty()) {
            throw ApiError.notFound("Not Found");
        }
        return Reply.raw(instance.lxcLog.getBytes(StandardCharsets.UTF_8));
    }

    private Reply put(Request request) {
        Instance instance = find(request);
        Map<String, Object> body = request.json();
        String action = Json.text(body, "action", "");
        String title = TITLES.get(action);
        if (title == null) {
            throw ApiError.badRequest("Unknown action: '" + action + "'");
        }
        String suffix = state.dialect == Dialect.INCUS ? Urls.projectSuffix(instance.project) : "";
        Map<String, Object> resources = JsonObject.of("instances", List.of("/1.0/instances/" + instance.name + suffix));
        Change change = new Change(instance, action, Json.flag(body, "force"), timeout(body));
        return operations.submit(instance.project, title, resources, change);
    }

    private static Duration timeout(Map<String, Object> body) {
        long seconds = body.get("timeout") instanceof Number number ? number.longValue() : 0;
        return Duration.ofSeconds(seconds > 0 ? seconds : 30);
    }

    /** The operation for one action. */
    private final class Change implements Operations.Work {
        private final Instance instance;
        private final String action;
        private final boolean force;
        private final Duration timeout;

        Change(Instance instance, String action, boolean force, Duration timeout) {
            this.instance = instance;
            this.action = action;
            this.force = force;
            this.timeout = timeout;
        }

        @Override
        public void begin() {
            checkPossible(instance, action, force);
            instance.busy = action;
            if (action.equals("start") && state.dialect.runsWhileStarting()) {
                instance.status = Instance.Status.RUNNING;
            }
        }

        /** The time that a deaf guest lets a clean stop wait. */
        @Override
        public Duration duration() {
            return ENDING.contains(action) && !force && instance.guest.ignoresShutdown() ? timeout : Duration.ZERO;
        }

        /** Does nothing if a forced stop broke in. */
        @Override
        public void finish(Operation operation) {
            if (action.equals(instance.busy)) {
                instance.idle();
                carryOut(instance, action, force);
            }
        }
    }

    /** A forced stop breaks into a start or a clean stop that takes its time. */
    private static void checkPossible(Instance instance, String action, boolean force) {
        if (action.equals("start") && instance.isRunning()) {
            throw ApiError.internal("The instance is already running");
        }
        if (ENDING.contains(action) && !instance.isRunning()) {
            throw ApiError.badRequest("The instance is already stopped");
        }
        if (!(force && action.equals("stop") && instance.isRunning())) {
            instance.checkNotBusy(action);
        }
    }

    private void carryOut(Instance instance, String action, boolean force) {
        if (ENDING.contains(action)) {
            stop(instance, force);
        }
        if (!action.equals("stop")) {
            startOrStayStopped(instance);
        }
    }

    private void startOrStayStopped(Instance instance) {
        try {
            start(state, instance);
        } catch (ApiError e) {
            instance.status = Instance.Status.STOPPED;
            throw e;
        }
    }

    private void stop(Instance instance, boolean force) {
        if (!force && instance.guest.ignoresShutdown()) {
            instance.status = Instance.Status.RUNNING;
            throw state.dialect.shutdownFailed();
        }
        instance.status = Instance.Status.STOPPED;
        instance.guest.stopped();
        instance.config.put("volatile.last_state.power", "STOPPED");
    }

    public static void start(State state, Instance instance) {
        for (String name : instance.devices.keySet()) {
            try {
                Nics.checkFree(state, instance, name);
            } catch (ApiError e) {
                throw e.prefixed("Failed start validation for device \"" + name + "\": ");
            }
        }
        checkInit(state, instance);
        String unlucky = state.startFailures.poll();
        if (unlucky != null) {
            throw failed(state, instance, unlucky);
        }
        instance.status = Instance.Status.RUNNING;
        instance.lastUsedAt = State.now();
        instance.config.remove("volatile.apply_template");
        instance.config.put("volatile.last_state.power", "RUNNING");
        if (instance.container) {
            instance.config.put("volatile.idmap.base", "0");
            instance.config.put("volatile.idmap.current", ID_MAP);
            instance.config.put("volatile.idmap.next", ID_MAP);
        }
        recordIdMaps(state, instance);
    }

    private static void checkInit(State state, Instance instance) {
        String rawLxc = instance.config.getOrDefault("raw.lxc", "");
        boolean ownInit = rawLxc.contains("lxc.init.cmd");
        if (!instance.container) {
            return;
        }
        if (!ownInit && instance.guest.files.find("/sbin/init", true) == null) {
            throw failed(state, instance, "No such file or directory - Failed to exec \"/sbin/init\"");
        } else if (rawLxc.contains("lxc.mount.entry = " + NO_SUCH_PATH)) {
            throw failed(state, instance, "No such file or directory - Failed to mount \"" + NO_SUCH_PATH + "\"");
        }
    }

    /** LXC says why in its log; the server says only that LXC failed. */
    private static ApiError failed(State state, Instance instance, String reason) {
        String prefix = "lxc " + instance.name + " 20260102030405.678 ";
        instance.lxcLog = prefix + "WARN     cgfsng - ../src/lxc/cgroups/cgfsng.c:fchowmodat:1619 - No such file\n"
                + prefix + "ERROR    utils - ../src/lxc/utils.c:start:1220 - " + reason + "\n"
                + prefix + "ERROR    start - ../src/lxc/start.c:__lxc_start:2107 - Failed to spawn container \""
                + instance.name + "\"\n";
        String server = state.dialect.server();
        return ApiError.internal("Failed to run: /usr/libexec/" + server + "d forkstart " + instance.name + " "
                + state.dialect.stateDirectory() + "/containers /run/" + server + "/" + instance.name
                + "/lxc.conf: exit status 1");
    }

    /** A volume remembers the id map of the first unprivileged container that mounts it. */
    public static void recordIdMaps(State state, Instance instance) {
        if (!instance.container || "true".equals(instance.config.get("security.privileged"))) {
            return;
        }
        for (Map<String, String> device : instance.devices.values()) {
            Model.Pool pool = state.pools.get(device.getOrDefault("pool", ""));
            Model.Volume volume = pool == null
                    ? null
                    : pool.volume(state.home(instance.project, "storage.volumes"), device.getOrDefault("source", ""));
            if (volume != null) {
                volume.config.put("volatile.idmap.last", ID_MAP);
                volume.config.put("volatile.idmap.next", ID_MAP);
            }
        }
    }
}
