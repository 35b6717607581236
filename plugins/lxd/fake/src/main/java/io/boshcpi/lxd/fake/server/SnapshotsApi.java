package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.JsonObject;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.State;
import io.boshcpi.lxd.fake.model.Urls;
import java.util.ArrayList;
import java.util.List;

/** {@code /1.0/storage-pools/POOL/volumes/custom/VOLUME/snapshots}. */
final class SnapshotsApi extends ApiPart {
    private static final String SNAPSHOTS = "/1.0/storage-pools/{pool}/volumes/custom/{volume}/snapshots";

    SnapshotsApi(State state, Operations operations) {
        super(state, operations);
    }

    @Override
    void register(Router router) {
        router.add("GET", SNAPSHOTS, this::list);
        router.add("POST", SNAPSHOTS, this::create);
        router.add("GET", SNAPSHOTS + "/{snapshot}", this::get);
        router.add("PATCH", SNAPSHOTS + "/{snapshot}", this::describe);
        router.add("DELETE", SNAPSHOTS + "/{snapshot}", this::delete);
    }

    private Model.Snapshot find(Request request) {
        Model.Snapshot snapshot = volume(request).snapshots().get(request.name("snapshot"));
        if (snapshot == null) {
            throw ApiError.notFound("Storage pool volume not found");
        }
        return snapshot;
    }

    private static JsonObject json(Model.Snapshot snapshot, String name) {
        return JsonObject.of("description", snapshot.description())
                .and("expires_at", null)
                .and("name", name)
                .and("config", snapshot.config())
                .and("content_type", "");
    }

    /** In a cluster, LXD 5.0.2 lists those of the member that is asked, and takes all others for none. */
    private Reply list(Request request) {
        Model.Volume volume = dialect == Dialect.LXD ? findVolume(request) : volume(request);
        List<JsonObject> found = new ArrayList<>();
        boolean seen = dialect == Dialect.INCUS
                || (volume != null && state.cluster.reaches(state.cluster.asked(""), volume.location()));
        if (volume != null && seen) {
            volume.snapshots().forEach((name, snapshot) -> found.add(json(snapshot, volume.name() + "/" + name)));
        }
        return Reply.sync(found);
    }

    private Reply create(Request request) {
        Model.Volume volume = volume(request);
        String name = Json.text(request.json(), "name", "");
        if (volume.snapshots().containsKey(name)) {
            throw ApiError.conflict("Snapshot \"" + name + "\" already in use");
        }
        String pool = request.name("pool");
        JsonObject resources = dialect == Dialect.LXD
                ? JsonObject.of("storage_volumes", List.of("/1.0/storage_volumes/" + volume.name()))
                : resources(pool, volume, name).and("storage_volumes", List.of(Urls.volume(pool, volume.name())));
        return operations.submit(request.project(), "Creating storage volume snapshot", resources, operation -> {
            volume.snapshots().put(name, new Model.Snapshot(name, volume.description(), volume.config()));
        });
    }

    private JsonObject resources(String pool, Model.Volume volume, String snapshot) {
        String url = dialect.choose(
                "/1.0/storage_volume_snapshots/" + volume.name(),
                Urls.volume(pool, volume.name()) + "/snapshots/" + snapshot);
        return JsonObject.of("storage_volume_snapshots", List.of(url));
    }

    private Reply get(Request request) {
        Model.Snapshot snapshot = find(request);
        return Reply.sync(json(snapshot, snapshot.name()));
    }

    private Reply describe(Request request) {
        Model.Snapshot snapshot = find(request);
        String description = Json.text(request.json(), "description", "");
        volume(request)
                .snapshots()
                .put(snapshot.name(), new Model.Snapshot(snapshot.name(), description, snapshot.config()));
        return Reply.done();
    }

    private Reply delete(Request request) {
        Model.Snapshot snapshot = find(request);
        Model.Volume volume = volume(request);
        return operations.submit(
                request.project(),
                "Deleting storage volume snapshot",
                resources(request.name("pool"), volume, snapshot.name()),
                operation -> volume.snapshots().remove(snapshot.name()));
    }
}
