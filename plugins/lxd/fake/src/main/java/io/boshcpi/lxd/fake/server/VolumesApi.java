package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.guest.GuestFiles;
import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.JsonObject;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.State;
import io.boshcpi.lxd.fake.rules.DriverRules;
import io.boshcpi.lxd.fake.rules.ProjectUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /1.0/storage-pools/POOL/volumes/custom} without what is below a volume's snapshots. */
final class VolumesApi extends ApiPart {
    private static final String VOLUMES = "/1.0/storage-pools/{pool}/volumes/custom";

    VolumesApi(State state, Operations operations) {
        super(state, operations);
    }

    @Override
    void register(Router router) {
        router.add("GET", VOLUMES, this::list);
        router.add("POST", VOLUMES, this::create);
        router.add("GET", VOLUMES + "/{volume}", this::get);
        router.add("PATCH", VOLUMES + "/{volume}", this::patch);
        router.add("DELETE", VOLUMES + "/{volume}", this::delete);
    }

    private JsonObject json(Model.Pool pool, Model.Volume volume) {
        return JsonObject.of("config", volume.config())
                .and("description", volume.description())
                .and("name", volume.name())
                .and("type", "custom")
                .and("used_by", state.users(pool, volume))
                .and("location", volume.location())
                .and("content_type", volume.contentType())
                .and("project", volume.project());
    }

    /** Lists volumes and, as the servers do, each one's snapshots after it. */
    private Reply list(Request request) {
        Model.Pool pool = pool(request);
        String project = state.home(project(request).name(), "storage.volumes");
        List<JsonObject> found = new ArrayList<>();
        for (Model.Volume volume : pool.volumes().of(project)) {
            found.add(json(pool, volume));
            for (Model.Snapshot snapshot : volume.snapshots().values()) {
                found.add(json(pool, volume)
                        .and("name", volume.name() + "/" + snapshot.name())
                        .and("description", snapshot.description())
                        .and("config", snapshot.config())
                        .and("used_by", List.of()));
            }
        }
        return Reply.sync(found);
    }

    private Reply create(Request request) {
        Model.Project project = project(request);
        String home = state.home(project.name(), "storage.volumes");
        Model.Pool pool = pool(request);
        if (request.header("Content-Type", "").equals("application/octet-stream")) {
            return imported(request, project, home, pool);
        }
        Map<String, Object> body = request.json();
        String name = Json.text(body, "name", "");
        if (name.contains("/")) {
            throw ApiError.badRequest("Storage volume names may not contain slashes");
        }
        Map<String, String> config = Json.merged(Map.of(), Json.strings(body, "config"));
        DriverRules.check(pool, dialect.choose(home + "_" + name, name), config, dialect);
        Map<String, Object> source = Json.child(body, "source");
        String member = state.cluster.ofVolume(request.query().getOrDefault("target", ""));
        if (!source.isEmpty()) {
            checkFree(pool, home, name);
            return operations.submit(project.name(), "Copying storage volume", null, operation -> {
                checkFree(pool, home, name);
                pool.volumes().put(home, name, copy(home, source, name, config).at(member));
            });
        }
        new ProjectUsage(state, state.project(home, "")).checkVolume(name, config);
        checkFree(pool, home, name);
        String contentType = Json.text(body, "content_type", "filesystem");
        String description = Json.text(body, "description", "");
        pool.volumes()
                .put(
                        home,
                        name,
                        Model.Volume.of(name, home, contentType, description, config)
                                .at(member));
        return Reply.done();
    }

    /** A volume from a backup, whose index is YAML that is taken to be JSON. */
    private Reply imported(Request request, Model.Project project, String home, Model.Pool pool) {
        GuestFiles backup = Tarballs.files(request.bytes());
        GuestFiles.Node index = backup.find(backup.resolve("backup/index.yaml", false));
        String name = request.header(dialect.headerPrefix() + "name", "");
        if (index == null) {
            throw ApiError.internal("Backup is missing at \"backup/index.yaml\"");
        }
        checkFree(pool, home, name);
        Map<String, Object> volume = Json.child(Json.child(Json.object(index.content()), "config"), "volume");
        Map<String, String> config = Json.strings(volume, "config");
        String contentType = Json.text(volume, "content_type", "filesystem");
        String member = state.cluster.ofVolume(request.query().getOrDefault("target", ""));
        return operations.submit(project.name(), "Creating custom volume from backup", null, operation -> {
            checkFree(pool, home, name);
            pool.volumes()
                    .put(
                            home,
                            name,
                            Model.Volume.of(name, home, contentType, "", config).at(member));
        });
    }

    private static void checkFree(Model.Pool pool, String project, String name) {
        if (pool.volumes().get(project, name) != null) {
            throw ApiError.conflict("Volume by that name already exists");
        }
    }

    /** A copy of a volume without its snapshots, or of one snapshot ({@code VOLUME/SNAPSHOT}). */
    private Model.Volume copy(String project, Map<String, Object> source, String name, Map<String, String> config) {
        Model.Pool pool = state.pool(Json.text(source, "pool", ""));
        String from = Json.text(source, "name", "");
        String[] parts = from.split("/", 2);
        Model.Volume volume = pool.volumes().get(project, parts[0]);
        Model.@Nullable Snapshot snapshot =
                volume == null || parts.length == 1 ? null : volume.snapshots().get(parts[1]);
        if (volume == null || (parts.length > 1 && snapshot == null)) {
            throw ApiError.notFound("Failed generating volume copy config: Storage volume \"" + from
                    + "\" in project \"" + project + "\" of type \"custom\" does not exist on pool \"" + pool.name()
                    + "\": Storage volume not found");
        }
        String description = snapshot == null ? volume.description() : snapshot.description();
        Map<String, String> copied = snapshot == null ? volume.config() : snapshot.config();
        return Model.Volume.of(name, project, volume.contentType(), description, config.isEmpty() ? copied : config);
    }

    private Reply get(Request request) {
        Model.Volume volume = volume(request);
        return Reply.sync(json(pool(request), volume)).etag(volume.etag());
    }

    private Reply patch(Request request) {
        Model.Volume volume = volume(request);
        request.checkEtag(volume.etag());
        Map<String, String> config = Json.merged(volume.config(), Json.strings(request.json(), "config"));
        Model.Pool pool = pool(request);
        DriverRules.check(pool, volume.project() + "_" + volume.name(), config, dialect);
        pool.volumes().put(volume.project(), volume.name(), volume.withConfig(config));
        return Reply.done();
    }

    private Reply delete(Request request) {
        Model.Volume volume = volume(request);
        Model.Pool pool = pool(request);
        if (!state.users(pool, volume).isEmpty()) {
            throw ApiError.badRequest("The storage volume is still in use");
        }
        pool.volumes().remove(volume.project(), volume.name());
        return Reply.done();
    }
}
