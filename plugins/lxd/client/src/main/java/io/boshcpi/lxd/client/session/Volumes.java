package io.boshcpi.lxd.client.session;

import io.boshcpi.json.Json;
import io.boshcpi.lxd.client.engine.ApiReply;
import io.boshcpi.lxd.client.engine.Dialect;
import io.boshcpi.lxd.client.engine.Names;
import io.boshcpi.lxd.client.engine.Request;
import io.boshcpi.lxd.client.engine.Rest;
import io.boshcpi.lxd.client.engine.Url;
import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.client.model.VolumeSnapshot;
import io.boshcpi.lxd.client.transport.HttpBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Custom volumes of one storage pool, in the session's project. */
public final class Volumes {
    private final Rest rest;
    private final String pool;

    Volumes(Rest rest, String pool) {
        this.rest = rest;
        this.pool = pool;
    }

    /**
     * The volume, with its version, or empty. {@link LxdException.Kind#NOT_FOUND} if the pool or the project is
     * missing.
     */
    public Optional<Volume> find(String name) {
        ApiReply reply = rest.find(url(name), Subject.VOLUME);
        return reply == null ? Optional.empty() : Optional.of(Volume.of(reply.object(), reply.etag()));
    }

    /** All volumes of the pool. */
    public List<Volume> list() {
        return list("1").volumes();
    }

    /** All volumes of the pool, and the snapshots of all of them. One request. */
    public VolumeListing listWithSnapshots() {
        return list("2");
    }

    /** LXD and Incus 6 list a snapshot after its volume, as VOLUME/SNAPSHOT, Incus 7 in its volume, at recursion 2 only. */
    private VolumeListing list(String recursion) {
        List<Volume> volumes = new ArrayList<>();
        List<VolumeSnapshot> snapshots = new ArrayList<>();
        for (Object element : rest.get(all().with("recursion", recursion)).list()) {
            Map<String, ?> json = Json.members(element);
            Volume volume = Volume.of(json, "");
            int slash = volume.name().indexOf('/');
            if (slash >= 0) {
                snapshots.add(VolumeSnapshot.of(volume.name().substring(0, slash), json));
                continue;
            }
            volumes.add(volume);
            if (json.get("snapshots") instanceof List<?> own) {
                for (Object snapshot : own) {
                    snapshots.add(VolumeSnapshot.of(volume.name(), Json.members(snapshot)));
                }
            }
        }
        return new VolumeListing(volumes, snapshots);
    }

    /**
     * Creates an empty volume, whose name is this call's alone. If the answer is lost, what there is of that name is deleted
     * and made again: a server that ended meanwhile may have recorded the volume without making it. Such a record looks
     * complete, and once it is mounted, it is a folder of the pool that no quota holds and nobody can delete (Incus 7.0.2).
     */
    public void create(NewVolume volume) {
        try {
            createOnce(volume);
        } catch (LxdException e) {
            if (!e.is(Kind.OUTCOME_UNKNOWN)) {
                throw e;
            }
            deleteWhenIdle(volume.name());
            createAgain(volume);
        }
    }

    private void createOnce(NewVolume volume) {
        rest.finish(rest.send(Request.post(all().withIf("target", volume.target()), body(volume))), () -> false);
    }

    /**
     * Creates a volume with configuration and content from a backup in the server's own format. A lost answer is an {@link
     * LxdException.Kind#OUTCOME_UNKNOWN}, since a complete volume looks like one that was only begun.
     *
     * @param target the cluster member to put it on, or null
     */
    public void importBackup(String name, byte[] backup, @Nullable String target) {
        Map<String, String> headers = Dialect.header("name", Names.check("volume", name));
        HttpBody body = HttpBody.of("application/octet-stream", backup);
        Request request = new Request("POST", all().withIf("target", target), headers, body, false);
        rest.finish(rest.send(request), () -> false);
    }

    /**
     * Creates a volume with the content of another, which may be attached, and waits until it is complete. A lost
     * answer is an {@link LxdException.Kind#OUTCOME_UNKNOWN}, since a complete copy looks like one that was only begun.
     */
    public void copy(VolumeSource source, NewVolume volume) {
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put("type", "copy");
        origin.put("pool", source.pool());
        origin.put("name", source.name());
        origin.put("volume_only", true);
        Map<String, Object> body = body(volume);
        body.put("source", origin);
        rest.finish(rest.send(Request.post(all().withIf("target", volume.target()), body)), () -> false);
    }

    /** Merges keys into the configuration, {@code size} included; a key with an empty value is removed. */
    public void patchConfig(String name, Map<String, String> config) {
        rest.finish(rest.send(Request.patch(url(name), Map.of("config", config))), () -> true);
    }

    /** The same, but {@link LxdException.Kind#BUSY} if the volume has changed since it was found. */
    public void patchConfig(Volume found, Map<String, String> config) {
        Request request = Request.patch(url(found.name()), Map.of("config", config));
        rest.finish(rest.send(request.ifMatch(found.version())), () -> true);
    }

    /**
     * Deletes it with its snapshots; {@link LxdException.Kind#IN_USE} while attached.
     *
     * @return false if there is none
     */
    public boolean delete(String name) {
        return rest.delete(url(name), Subject.VOLUME);
    }

    /**
     * The same once nothing works on it any more. Under a copy that goes on, the servers delete the record alone and leave
     * what was copied in the pool (LXD 5.0.2, Incus 6.0.4).
     */
    public boolean deleteWhenIdle(String name) {
        rest.awaitEndOfWritesTo(name);
        return delete(name);
    }

    /**
     * Gives a volume that is not attached another name, its snapshots too. LXD lets two members of a cluster have volumes of
     * one name, and then refuses every request about either; so the new name has to be free.
     *
     * @return false if there is no such volume; a repeated request may find its own effect
     */
    public boolean rename(String name, String newName) {
        Request request = Request.post(url(name), Map.of("name", Names.check("volume", newName)));
        try {
            rest.finish(rest.send(request), () -> find(newName).isPresent());
            return true;
        } catch (LxdException e) {
            if (e.isMissing(Subject.VOLUME) || e.isMissing(Subject.OTHER)) {
                return false;
            } else if (e.is(Kind.OUTCOME_UNKNOWN) && find(newName).isPresent()) {
                return true;
            }
            throw e;
        }
    }

    /** The snapshots of a volume. */
    public VolumeSnapshots snapshots(String volume) {
        return new VolumeSnapshots(rest, url(volume), volume);
    }

    /** The first request may reach the server late. Then the name exists already, and the volume is this call's. */
    private void createAgain(NewVolume volume) {
        try {
            createOnce(volume);
        } catch (LxdException e) {
            if (!e.is(Kind.ALREADY_EXISTS)) {
                throw e;
            }
        }
    }

    static Map<String, Object> body(NewVolume volume) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", volume.name());
        body.put("content_type", volume.contentType());
        body.put("description", volume.description());
        body.put("config", volume.config());
        return body;
    }

    private Url all() {
        return all(pool);
    }

    static Url all(String pool) {
        return Url.of("/1.0/storage-pools").child(pool).plus("/volumes/custom");
    }

    private Url url(String name) {
        return all().child(Names.check("volume", name));
    }
}
