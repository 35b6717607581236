package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.State;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Fills a new volume with another, or with one snapshot ({@code VOLUME/SNAPSHOT}). The new one is there from the beginning,
 * its snapshots at the end.
 */
final class VolumeCopy implements Operations.Work {
    private final State state;
    private final Source source;
    private final Model.Pool pool;
    private final Model.Volume copy;

    /**
     * What is copied.
     *
     * @param location the member that is asked for it
     */
    record Source(String pool, String name, String location, boolean withSnapshots) {}

    VolumeCopy(State state, Source source, Model.Pool pool, Model.Volume copy) {
        this.state = state;
        this.source = source;
        this.pool = pool;
        this.copy = copy;
    }

    @Override
    public void begin() {
        if (pool.volumes().get(copy.project(), copy.name()) != null) {
            throw ApiError.conflict("Volume by that name already exists");
        }
        String[] parts = source.name().split("/", 2);
        Model.Volume original = original();
        if (parts.length == 1) {
            put(original.contentType(), original.description(), original.config());
        } else {
            Model.Snapshot snapshot = original.snapshots().get(parts[1]);
            if (snapshot == null) {
                throw missing();
            }
            put(original.contentType(), snapshot.description(), snapshot.config());
        }
    }

    /** As the servers do, it ends well even if the new volume was deleted meanwhile. */
    @Override
    public void finish(Operation operation) {
        Model.Volume filled = pool.volumes().get(copy.project(), copy.name());
        if (filled != null && source.withSnapshots()) {
            filled.snapshots().putAll(original().snapshots());
        }
    }

    @Override
    public Duration duration() {
        return state.copyTime;
    }

    private void put(String contentType, String description, Map<String, String> config) {
        Map<String, String> own = copy.config().isEmpty() ? config : copy.config();
        pool.volumes()
                .put(
                        copy.project(),
                        copy.name(),
                        new Model.Volume(
                                copy.name(),
                                copy.project(),
                                contentType,
                                description,
                                copy.location(),
                                own,
                                new LinkedHashMap<>()));
    }

    private Model.Volume original() {
        String name = source.name().split("/", 2)[0];
        Model.Volume original = state.pool(source.pool()).volumes().get(copy.project(), name);
        if (original == null || !state.cluster.reaches(source.location(), original.location())) {
            throw missing();
        }
        return original;
    }

    private ApiError missing() {
        return ApiError.notFound("Failed generating volume copy config: Storage volume \"" + source.name()
                + "\" in project \"" + copy.project() + "\" of type \"custom\" does not exist on pool \""
                + source.pool() + "\": Storage volume not found");
    }
}
