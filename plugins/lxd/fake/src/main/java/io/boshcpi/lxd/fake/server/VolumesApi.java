package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.guest.GuestFiles;
import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.JsonObject;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.State;
import io.boshcpi.lxd.fake.model.Urls;
import io.boshcpi.lxd.fake.rules.DriverRules;
import io.boshcpi.lxd.fake.rules.ProjectUsage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code /1.0/storage-pools/POOL/volumes/custom} without what is below a volume's snapshots. */
final class VolumesApi extends ApiPart {
    private static final String VOLUMES = "/1.0/storage-pools/{pool}/volumes/custom";

    /** What members offer to others, by the URLs of the operations. */
    private final Map<String, Offer> offers = new HashMap<>();

    private record Offer(VolumeCopy.Source source, Operation operation) {}

    VolumesApi(State state, Operations operations) {
        super(state, operations);
    }

    @Override
    void register(Router router) {
        router.add("GET", VOLUMES, this::list);
        router.add("POST", VOLUMES, this::create);
        router.add("GET", VOLUMES + "/{volume}", this::get);
        router.add("PATCH", VOLUMES + "/{volume}", this::patch);
        router.add("POST", VOLUMES + "/{volume}", this::post);
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
        String member = target(request, pool);
        if (!source.isEmpty()) {
            checkFree(pool, home, name);
            VolumeCopy copy = new VolumeCopy(
                    state,
                    source(source, asked(request)),
                    pool,
                    Model.Volume.of(name, home, "", "", config).at(member));
            // Only of what comes from another member do the servers say what it becomes.
            boolean fromElsewhere = source.containsKey("location") || source.containsKey("operation");
            return operations.submit(
                    project.name(), "Copying storage volume", fromElsewhere ? worksOn(pool, name) : null, copy);
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
        String member = target(request, pool);
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

    private String target(Request request, Model.Pool pool) {
        return state.cluster.ofVolume(pool, request.query().getOrDefault("target", ""));
    }

    private String asked(Request request) {
        return state.cluster.asked(request.query().getOrDefault("target", ""));
    }

    private JsonObject worksOn(Model.Pool pool, String volume) {
        String url = dialect.choose(
                "/1.0/storage_volumes/" + pool.name() + "/volumes/custom/" + volume, Urls.volume(pool.name(), volume));
        return JsonObject.of("storage_volumes", List.of(url));
    }

    /** LXD knows no {@code location}: one member offers the volume there, and the other takes it. */
    private VolumeCopy.Source source(Map<String, Object> source, String member) {
        boolean withSnapshots = Boolean.FALSE.equals(source.get("volume_only"));
        if (Json.text(source, "type", "").equals("migration")) {
            return offered(source, withSnapshots);
        }
        String location = dialect == Dialect.INCUS ? Json.text(source, "location", member) : member;
        return new VolumeCopy.Source(
                Json.text(source, "pool", ""), Json.text(source, "name", ""), location, withSnapshots);
    }

    /** The offer that the client names by its member's address, with its secrets and the certificate. */
    private VolumeCopy.Source offered(Map<String, Object> source, boolean withSnapshots) {
        String url = Json.text(source, "operation", "");
        String secret = Json.text(Json.child(source, "secrets"), "control", "none");
        Offer offer = offers.remove(url);
        if (offer == null || !secret.equals(offer.operation().id)) {
            throw ApiError.internal("Failed to connect to the source: websocket: bad handshake");
        } else if (!ServerApi.CERTIFICATE.equals(source.get("certificate"))) {
            throw ApiError.internal("Failed to connect to the source: x509: certificate signed by unknown authority");
        }
        offer.operation().end(null);
        VolumeCopy.Source offered = offer.source();
        return new VolumeCopy.Source(offered.pool(), offered.name(), offered.location(), withSnapshots);
    }

    /** Renames a volume, or offers it to another member. */
    private Reply post(Request request) {
        Map<String, Object> body = request.json();
        if (Boolean.TRUE.equals(body.get("migration"))) {
            return offer(request);
        }
        Model.Volume volume = volume(request);
        Model.Pool pool = pool(request);
        String name = Json.text(body, "name", "");
        checkFree(pool, volume.project(), name);
        if (!state.users(pool, volume).isEmpty()) {
            throw ApiError.badRequest("Volume is still in use by running instances");
        }
        pool.volumes().remove(volume.project(), volume.name());
        pool.volumes().put(volume.project(), name, volume.named(name));
        return Reply.done();
    }

    /** The member that is asked answers even if it does not have the volume; only who takes it will learn that. */
    private Reply offer(Request request) {
        String member = asked(request);
        Model.Pool pool = pool(request);
        String volume = request.name("volume");
        Operation operation = operations.begin(request.project(), "Migrating storage volume", worksOn(pool, volume));
        operation.metadata(JsonObject.of("control", operation.id)
                .and("fs", "secret")
                .and("fs_progress", home(request) + "_" + volume + ": 147.57MB (147.56MB/s)"));
        VolumeCopy.Source source = new VolumeCopy.Source(pool.name(), volume, member, false);
        offers.put(Urls.member(member) + operation.url(), new Offer(source, operation));
        return Reply.async(operation.url(), operation.json());
    }

    private String home(Request request) {
        return state.home(project(request).name(), "storage.volumes");
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
