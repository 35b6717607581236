package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Configs;
import io.boshcpi.lxd.fake.model.Instance;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.JsonObject;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.State;
import io.boshcpi.lxd.fake.model.Urls;
import io.boshcpi.lxd.fake.rules.DriverRules;
import io.boshcpi.lxd.fake.rules.ProjectUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /1.0/storage-pools/POOL/volumes/custom} without what is below a volume's snapshots. */
public final class VolumesApi {
    private static final String VOLUMES = "/1.0/storage-pools/{pool}/volumes/custom";

    private final State state;
    private final Operations operations;

    public VolumesApi(State state, Operations operations) {
        this.state = state;
        this.operations = operations;
    }

    public void register(Router router) {
        router.add("GET", VOLUMES, this::list);
        router.add("POST", VOLUMES, this::create);
        router.add("GET", VOLUMES + "/{volume}", this::get);
        router.add("PATCH", VOLUMES + "/{volume}", this::patch);
        router.add("DELETE", VOLUMES + "/{volume}", this::delete);
    }

    private String home(Request request) {
        state.project(request.project(), "Failed to load project \"" + request.project() + "\": ");
        return state.home(request.project(), "storage.volumes");
    }

    private Model.Volume find(Request request) {
        String project = home(request);
        Model.Volume volume = state.pool(request.name("pool")).volume(project, request.name("volume"));
        if (volume == null) {
            throw ApiError.notFound("Storage pool volume not found");
        }
        return volume;
    }

    private Map<String, Object> json(Model.Pool pool, Model.Volume volume) {
        List<String> users = new ArrayList<>();
        state.users(pool, volume).forEach(instance -> users.add(Urls.instance(instance.name, instance.project)));
        return json(volume, volume.name, volume.description, volume.config, users, volume.createdAt);
    }

    private static Map<String, Object> json(
            Model.Volume volume,
            String name,
            String description,
            Map<String, String> config,
            List<String> users,
            String createdAt) {
        return JsonObject.of("config", config)
                .and("description", description)
                .and("name", name)
                .and("type", "custom")
                .and("used_by", users)
                .and("location", "none")
                .and("content_type", volume.contentType)
                .and("project", volume.project)
                .and("created_at", createdAt);
    }

    /** Lists volumes and, as the servers do, each one's snapshots after it. */
    private Reply list(Request request) {
        Model.Pool pool = state.pool(request.name("pool"));
        state.project(request.project(), "");
        String project = state.home(request.project(), "storage.volumes");
        List<Object> found = new ArrayList<>();
        for (Model.Volume volume : pool.volumes.values()) {
            if (!volume.project.equals(project)) {
                continue;
            }
            found.add(json(pool, volume));
            for (Model.Snapshot snapshot : volume.snapshots.values()) {
                found.add(json(
                        volume,
                        volume.name + "/" + snapshot.name,
                        snapshot.description,
                        snapshot.config,
                        List.of(),
                        snapshot.createdAt));
            }
        }
        return Reply.sync(found);
    }

    private Reply create(Request request) {
        String project = home(request);
        Model.Pool pool = state.pool(request.name("pool"));
        Map<String, Object> body = request.json();
        String name = Json.text(body, "name", "");
        String contentType = Json.text(body, "content_type", "filesystem");
        checkNew(name, contentType);
        Map<String, String> config = Configs.withoutEmpty(Json.strings(body, "config"));
        DriverRules rules = DriverRules.of(pool);
        rules.check(state.dialect.newVolume(project, name), config, state.dialect);
        Map<String, Object> source = Json.child(body, "source");
        if (!Json.text(source, "type", "").isEmpty()) {
            return copy(request, pool, name, body, source);
        }
        new ProjectUsage(state, state.project(project, "")).checkVolume(name, config);
        checkFree(pool, project, name);
        if (rules.allocatesAtOnce()) {
            checkSpace(pool);
        }
        pool.put(new Model.Volume(
                name,
                project,
                contentType,
                Json.text(body, "description", ""),
                rules.withDefaults(config, contentType.equals("filesystem")),
                state.dialect.volumeCreatedAt(State.now())));
        return Reply.done();
    }

    private static void checkNew(String name, String contentType) {
        if (name.isEmpty()) {
            throw ApiError.badRequest("No name provided");
        }
        if (name.contains("/")) {
            throw ApiError.badRequest("Storage volume names may not contain slashes");
        }
        if (!contentType.equals("filesystem") && !contentType.equals("block")) {
            throw ApiError.badRequest("Invalid volume content type name");
        }
    }

    private static void checkFree(Model.Pool pool, String project, String name) {
        if (pool.volume(project, name) != null) {
            throw ApiError.conflict("Volume by that name already exists");
        }
    }

    /** Where data is written that a full pool has no room for; a new btrfs volume or a snapshot is not. */
    private static void checkSpace(Model.Pool pool) {
        if (pool.isFull()) {
            throw ApiError.internal(
                    "Failed to run: " + pool.driver + " create: exit status 1 (ERROR: No space left on" + " device)");
        }
    }

    /** A copy of a volume without its snapshots, or of one snapshot ({@code VOLUME/SNAPSHOT}). */
    private Reply copy(
            Request request, Model.Pool pool, String name, Map<String, Object> body, Map<String, Object> source) {
        String project = home(request);
        String from = Json.text(source, "name", "");
        String fromPool = Json.text(source, "pool", pool.name);
        Map<String, String> config = Json.strings(body, "config");
        checkFree(pool, project, name);
        return operations.submit(request.project(), "Copying storage volume", null, operation -> {
            Model.Pool origin = state.pool(fromPool);
            Model.Volume copy = copyOf(origin, project, from, name);
            if (!config.isEmpty()) {
                copy.config = Configs.withoutEmpty(config);
            }
            checkFree(pool, project, name);
            if (origin != pool) {
                checkSpace(pool);
            }
            pool.put(copy);
        });
    }

    private Model.Volume copyOf(Model.Pool origin, String project, String from, String name) {
        int slash = from.indexOf('/');
        Model.Volume volume = origin.volume(project, slash < 0 ? from : from.substring(0, slash));
        Model.@Nullable Snapshot snapshot =
                volume == null || slash < 0 ? null : volume.snapshots.get(from.substring(slash + 1));
        if (volume == null || (slash >= 0 && snapshot == null)) {
            throw ApiError.notFound("Failed generating volume copy config: Storage volume \"" + from
                    + "\" in project \"" + project + "\" of type \"custom\" does not exist on pool \"" + origin.name
                    + "\": Storage volume not found");
        }
        return new Model.Volume(
                name,
                project,
                volume.contentType,
                snapshot == null ? volume.description : snapshot.description,
                snapshot == null ? volume.config : snapshot.config,
                state.dialect.volumeCreatedAt(State.now()));
    }

    private static String etag(Model.Volume volume) {
        return Json.etag(volume.name, "custom", volume.config, volume.description);
    }

    private Reply get(Request request) {
        Model.Volume volume = find(request);
        return Reply.sync(json(state.pool(request.name("pool")), volume)).etag(etag(volume));
    }

    private Reply patch(Request request) {
        Model.Volume volume = find(request);
        request.checkEtag(etag(volume));
        Map<String, Object> body = request.json();
        Model.Pool pool = state.pool(request.name("pool"));
        configure(pool, volume, Configs.merged(volume.config, Json.strings(body, "config")));
        return Reply.done();
    }

    private void configure(Model.Pool pool, Model.Volume volume, Map<String, String> config) {
        DriverRules rules = DriverRules.of(pool);
        rules.check(volume.project + "_" + volume.name, config, state.dialect);
        rules.checkResize(volume, config.getOrDefault("size", ""), usedByRunning(pool, volume));
        volume.config = config;
    }

    private boolean usedByRunning(Model.Pool pool, Model.Volume volume) {
        return state.users(pool, volume).stream().anyMatch(Instance::isRunning);
    }

    private Reply delete(Request request) {
        Model.Volume volume = find(request);
        Model.Pool pool = state.pool(request.name("pool"));
        if (!state.users(pool, volume).isEmpty()) {
            throw ApiError.badRequest("The storage volume is still in use");
        }
        pool.remove(volume);
        return Reply.done();
    }
}
