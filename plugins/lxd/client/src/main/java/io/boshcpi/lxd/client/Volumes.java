package io.boshcpi.lxd.client;

import io.boshcpi.lxd.client.LxdException.Subject;
import io.boshcpi.lxd.client.model.Volume;
import io.boshcpi.lxd.client.model.VolumeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Custom volumes of one storage pool, in the session's project. */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
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
     * @param filter in the server's language: {@code "config.user.kind eq x"}; null for all */
    public List<Volume> list(@Nullable String filter) {
        List<Volume> volumes = new ArrayList<>();
        for (Object json :
                rest.get(all().with("recursion", "1").withIf("filter", filter)).list()) {
            volumes.add(Volume.of(Rest.object(json), ""));
        }
        return volumes;
    }

    /** Makes an empty volume. If the answer gets lost, the volume of that name is taken to be this call's. */
    public void create(NewVolume volume) {
        throw new UnsupportedOperationException(volume.toString());
    }

    /** Makes a volume with the content of another, which may be attached, and waits until it is complete. */
    public void copy(VolumeSource source, NewVolume volume) {
        throw new UnsupportedOperationException(source + " " + volume);
    }

    /** Merges keys into the configuration, {@code size} included; a key with an empty value is removed. */
    public void patchConfig(String name, Map<String, String> config) {
        throw new UnsupportedOperationException(name + config);
    }

    /**
     * Deletes it with its snapshots.
     *
     * @return false if there is none; {@link LxdException.Kind#IN_USE} while attached
     */
    public boolean delete(String name) {
        throw new UnsupportedOperationException(name);
    }

    /** Renames it, which no running instance may use. */
    public void rename(String name, String newName) {
        throw new UnsupportedOperationException(name + newName);
    }

    /** Moves it to another pool under a new name, or its own. */
    public void move(String name, String newPool, String newName) {
        throw new UnsupportedOperationException(name + newPool + newName);
    }

    /** How full it is; empty where the storage driver cannot tell. */
    public Optional<VolumeState> state(String name) {
        throw new UnsupportedOperationException(name + pool);
    }

    /** The snapshots of a volume. */
    public VolumeSnapshots snapshots(String volume) {
        return new VolumeSnapshots(rest, url(volume), volume);
    }

    private Url all() {
        return Url.of("/1.0/storage-pools").child(pool).plus("/volumes/custom");
    }

    private Url url(String name) {
        return all().child(Names.check("volume", name));
    }
}
