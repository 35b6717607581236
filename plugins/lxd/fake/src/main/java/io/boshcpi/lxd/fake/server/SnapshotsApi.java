package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.JsonObject;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /1.0/storage-pools/POOL/volumes/custom/VOLUME/snapshots}. */
public final class SnapshotsApi {
    private static final String SNAPSHOTS = "/1.0/storage-pools/{pool}/volumes/custom/{volume}/snapshots";

    private final State state;
    private final Operations operations;

    public SnapshotsApi(State state, Operations operations) {
        this.state = state;
        this.operations = operations;
    }

    public void register(Router router) {
        router.add("GET", SNAPSHOTS, this::list);
        router.add("POST", SNAPSHOTS, this::create);
        router.add("GET", SNAPSHOTS + "/{snapshot}", this::get);
        router.add("PATCH", SNAPSHOTS + "/{snapshot}", this::describe);
        router.add("DELETE", SNAPSHOTS + "/{snapshot}", this::delete);
    }

    private Model.@Nullable Volume volume(Request request) {
        state.project(request.project(), "Failed to load project \"" + request.project() + "\": ");
        String project = state.home(request.project(), "storage.volumes");
        return state.pool(request.name("pool")).volume(project, request.name("volume"));
    }

    private Model.Volume existingVolume(Request request) {
        Model.Volume volume = volume(request);
        if (volume == null) {
            throw ApiError.notFound("Storage pool volume not found");
        }
        return volume;
    }

    private Model.Snapshot find(Request request) {
        Model.Snapshot snapshot = existingVolume(request).snapshots.get(request.name("snapshot"));
        if (snapshot == null) {
            throw ApiError.notFound("Storage pool volume not found");
        }
        return snapshot;
    }

    private static Map<String, Object> json(
            Model.Snapshot snapshot, String name, String contentType, @Nullable String expires) {
        return JsonObject.of("description", snapshot.description)
                .and("expires_at", expires)
                .and("name", name)
                .and("config", snapshot.config)
                .and("content_type", contentType)
                .and("created_at", snapshot.createdAt);
    }

    private Reply list(Request request) {
        Model.Volume volume = volume(request);
        if (volume == null) {
            return Reply.sync(state.dialect.snapshotsOfMissingVolume());
        }
        List<Object> found = new ArrayList<>();
        for (Model.Snapshot snapshot : volume.snapshots.values()) {
            found.add(json(snapshot, volume.name + "/" + snapshot.name, "", null));
        }
        return Reply.sync(found);
    }

    private Reply create(Request request) {
        Model.Volume volume = existingVolume(request);
        Map<String, Object> body = request.json();
        String name = Json.text(body, "name", "");
        if (name.contains("/")) {
            throw ApiError.badRequest("Storage name cannot contain \"/\"");
        }
        if (name.contains(" ")) {
            throw ApiError.badRequest("Storage name cannot contain white space");
        }
        if (volume.snapshots.containsKey(name)) {
            throw ApiError.conflict("Snapshot \"" + name + "\" already in use");
        }
        Model.Pool pool = state.pool(request.name("pool"));
        Object resources = state.dialect.newSnapshotResources(pool.name, volume.name, name);
        return operations.submit(request.project(), "Creating storage volume snapshot", resources, operation -> {
            volume.snapshots.put(
                    name,
                    new Model.Snapshot(
                            name, volume.description, volume.config, state.dialect.volumeCreatedAt(State.now())));
        });
    }

    private Reply get(Request request) {
        Model.Snapshot snapshot = find(request);
        return Reply.sync(json(snapshot, snapshot.name, existingVolume(request).contentType, "0001-01-01T00:00:00Z"))
                .etag(Json.etag(snapshot.description));
    }

    private Reply describe(Request request) {
        Model.Snapshot snapshot = find(request);
        request.checkEtag(Json.etag(snapshot.description));
        snapshot.description = Json.text(request.json(), "description", snapshot.description);
        return Reply.done();
    }

    private Reply delete(Request request) {
        Model.Snapshot snapshot = find(request);
        Model.Volume volume = existingVolume(request);
        Object resources = state.dialect.oldSnapshotResources(request.name("pool"), volume.name, snapshot.name);
        return operations.submit(
                request.project(),
                "Deleting storage volume snapshot",
                resources,
                operation -> volume.snapshots.remove(snapshot.name));
    }
}
