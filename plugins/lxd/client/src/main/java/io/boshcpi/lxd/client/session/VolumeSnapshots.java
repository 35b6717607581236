package io.boshcpi.lxd.client.session;

import io.boshcpi.json.Json;
import io.boshcpi.lxd.client.engine.Names;
import io.boshcpi.lxd.client.engine.Request;
import io.boshcpi.lxd.client.engine.Rest;
import io.boshcpi.lxd.client.engine.Url;
import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.VolumeSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The snapshots of one custom volume. */
public final class VolumeSnapshots {
    private final Rest rest;
    private final Url volumeUrl;
    private final String volume;

    VolumeSnapshots(Rest rest, Url volumeUrl, String volume) {
        this.rest = rest;
        this.volumeUrl = volumeUrl;
        this.volume = volume;
    }

    /** Sets the description of a snapshot, which the servers ignore at the creation. */
    public void describe(String name, String description) {
        rest.finish(rest.send(Request.patch(url(name), Map.of("description", description))), () -> true);
    }

    /** Takes a snapshot of the volume, which may be attached, and waits for it. The guest is not asked to flush. */
    public void create(String name) {
        Map<String, String> body = Map.of("name", Names.check("snapshot", name));
        BooleanSupplier happened = () -> rest.find(url(name), Subject.VOLUME) != null;
        try {
            rest.finish(rest.send(Request.post(all(), body)), happened);
        } catch (LxdException e) {
            if (!e.is(Kind.OUTCOME_UNKNOWN)) {
                throw e;
            }
            rest.awaitOperationsOn(volume);
            if (!happened.getAsBoolean()) {
                throw e;
            }
        }
    }

    /**
     * All of them, oldest first. If the volume is missing, none on LXD, {@link LxdException.Kind#NOT_FOUND} on Incus.
     */
    public List<VolumeSnapshot> list() {
        List<VolumeSnapshot> snapshots = new ArrayList<>();
        for (Object json : rest.get(all().with("recursion", "1")).list()) {
            snapshots.add(VolumeSnapshot.of(volume, Json.members(json)));
        }
        return snapshots;
    }

    /**
     * Deletes it and waits.
     *
     * @return false if there is none, or no such volume
     */
    public boolean delete(String name) {
        return rest.delete(url(name), Subject.VOLUME);
    }

    private Url all() {
        return volumeUrl.plus("/snapshots");
    }

    private Url url(String name) {
        return all().child(Names.check("snapshot", name));
    }
}
