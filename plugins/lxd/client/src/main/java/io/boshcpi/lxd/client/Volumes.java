package io.boshcpi.lxd.client;

import io.boshcpi.json.Json;
import io.boshcpi.lxd.client.LxdException.Kind;
import io.boshcpi.lxd.client.LxdException.Subject;
import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.client.model.VolumeState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Custom volumes of one storage pool, in the session's project. */
public final class Volumes {
    private final Rest rest;
    private final String pool;

    Volumes(Rest rest, String pool) {
        this.rest = rest;
        this.pool = pool;
    }

    /** The volume, with its version, or empty. {@link LxdException.Kind#NOT_FOUND} if the pool or the project is missing. */
    public Optional<Volume> find(String name) {
        ApiReply reply = rest.find(url(name), Subject.VOLUME);
        return reply == null ? Optional.empty() : Optional.of(Volume.of(reply.object(), reply.etag()));
    }

    /** All volumes of the pool. */
    public List<Volume> list() {
        return list(null);
    }

    /** Those that match.
     *
     * @param filter in the server's language, where a value is a regular expression that ignores case:
     *     {@code "config.user.kind eq x"}; null for all */
    public List<Volume> list(@Nullable String filter) {
        List<Volume> volumes = new ArrayList<>();
        for (Object json :
                rest.get(all().with("recursion", "1").withIf("filter", filter)).list()) {
            Volume volume = Volume.of(Json.members(json), "");
            if (volume.name().indexOf('/') < 0) { // the servers list snapshots as well, as VOLUME/SNAPSHOT
                volumes.add(volume);
            }
        }
        return volumes;
    }

    /** Makes an empty volume. If the answer gets lost, the volume of that name is taken to be this call's. */
    public void create(NewVolume volume) {
        try {
            rest.finish(
                    rest.send(Request.post(all().withIf("target", volume.target()), body(volume))),
                    () -> exists(volume));
        } catch (LxdException e) {
            if (!e.is(Kind.OUTCOME_UNKNOWN)) {
                throw e;
            }
            if (!exists(volume)) {
                createAgain(volume);
            }
        }
    }

    /**
     * Makes a volume with the content of another, which may be attached, and waits until it is complete. If the answer gets lost
     * that is {@link LxdException.Kind#OUTCOME_UNKNOWN}: nothing tells a complete copy from one that was begun.
     */
    public void copy(VolumeSource source, NewVolume volume) {
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put("type", "copy");
        origin.put("pool", source.pool());
        origin.put("name", source.name());
        origin.put("volume_only", !source.withSnapshots());
        Map<String, Object> body = body(volume);
        body.put("source", origin);
        rest.finish(rest.send(Request.post(all().withIf("target", volume.target()), body)), () -> exists(volume));
    }

    /** Merges keys into the configuration, {@code size} included; a key with an empty value is removed. */
    public void patchConfig(String name, Map<String, String> config) {
        rest.finish(rest.send(Request.patch(url(name), Map.of("config", config))), () -> true);
    }

    /**
     * Deletes it with its snapshots; {@link LxdException.Kind#IN_USE} while attached.
     *
     * @return false if there is none
     */
    public boolean delete(String name) {
        return rest.delete(url(name), Subject.VOLUME);
    }

    /** Renames it, which no running instance may use. */
    public void rename(String name, String newName) {
        relocate(name, pool, newName, Map.of("name", Names.check("volume", newName)));
    }

    /** Moves it to another pool under a new name, or its own. */
    public void move(String name, String newPool, String newName) {
        relocate(
                name,
                newPool,
                newName,
                Map.of("name", Names.check("volume", newName), "pool", Names.check("storage pool", newPool)));
    }

    /** How full it is; empty where the storage driver cannot tell. */
    public Optional<VolumeState> state(String name) {
        try {
            Map<String, ?> usage =
                    Json.members(rest.get(url(name).plus("/state")).object().get("usage"));
            return usage.isEmpty() ? Optional.empty() : Optional.of(VolumeState.of(usage));
        } catch (LxdException e) {
            if (e.is(Kind.UNSUPPORTED)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The snapshots of a volume. */
    public VolumeSnapshots snapshots(String volume) {
        return new VolumeSnapshots(rest, url(volume), volume);
    }

    /** The first request may have been on its way still: then the name is taken, by this very call. */
    private void createAgain(NewVolume volume) {
        try {
            rest.finish(
                    rest.send(Request.post(all().withIf("target", volume.target()), body(volume))),
                    () -> exists(volume));
        } catch (LxdException e) {
            if (!e.is(Kind.ALREADY_EXISTS)) {
                throw e;
            }
        }
    }

    private void relocate(String name, String newPool, String newName, Map<String, ?> body) {
        BooleanSupplier happened = () ->
                find(name).isEmpty() && new Volumes(rest, newPool).find(newName).isPresent();
        try {
            rest.finish(rest.send(Request.post(url(name), body)), happened);
        } catch (LxdException e) {
            if (!e.is(Kind.OUTCOME_UNKNOWN) || !happened.getAsBoolean()) {
                throw e;
            }
        }
    }

    private boolean exists(NewVolume volume) {
        return find(volume.name()).isPresent();
    }

    private static Map<String, Object> body(NewVolume volume) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", volume.name());
        body.put("content_type", volume.contentType());
        body.put("description", volume.description());
        body.put("config", volume.config());
        return body;
    }

    private Url all() {
        return Url.of("/1.0/storage-pools").child(pool).plus("/volumes/custom");
    }

    private Url url(String name) {
        return all().child(Names.check("volume", name));
    }
}
