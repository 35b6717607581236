package io.boshcpi.lxd.client;

import io.boshcpi.json.Json;
import io.boshcpi.lxd.client.LxdException.Kind;
import io.boshcpi.lxd.client.LxdException.Subject;
import io.boshcpi.lxd.client.model.VolumeSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Takes a snapshot of the volume, which may be attached, and waits for it. The guest is not asked to flush anything. */
    public void create(String name, String description) {
        create(name);
        if (!description.isEmpty()) { // which the servers ignore at the creation
            rest.finish(rest.send(Request.patch(url(name), Map.of("description", description))), () -> true);
        }
    }

    private void create(String name) {
        Map<String, String> body = Map.of("name", Names.check("snapshot", name));
        BooleanSupplier happened = () -> find(name).isPresent();
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

    /** The snapshot, or empty; empty as well if there is no such volume. */
    public Optional<VolumeSnapshot> find(String name) {
        ApiReply reply = rest.find(url(name), Subject.VOLUME);
        return reply == null ? Optional.empty() : Optional.of(VolumeSnapshot.of(volume, reply.object()));
    }

    /** All of them, oldest first. On LXD a missing volume has none, on Incus it is {@link LxdException.Kind#NOT_FOUND}. */
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

    /** Sets the volume back; {@link LxdException.Kind#IN_USE} while a running instance has it. */
    public void restore(String name) {
        rest.finish(rest.send(Request.put(volumeUrl, Map.of("restore", Names.check("snapshot", name)))), () -> false);
    }

    private Url all() {
        return volumeUrl.plus("/snapshots");
    }

    private Url url(String name) {
        return all().child(Names.check("snapshot", name));
    }
}
