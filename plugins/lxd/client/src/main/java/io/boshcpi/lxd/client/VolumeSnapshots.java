package io.boshcpi.lxd.client;

import io.boshcpi.lxd.client.model.VolumeSnapshot;
import java.util.List;
import java.util.Optional;

/** The snapshots of one custom volume. */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
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
        throw new UnsupportedOperationException(rest + name + description + volumeUrl + volume);
    }

    /** The snapshot, or empty. */
    public Optional<VolumeSnapshot> find(String name) {
        throw new UnsupportedOperationException(name);
    }

    /** All of them, oldest first. On LXD a missing volume has none. */
    public List<VolumeSnapshot> list() {
        throw new UnsupportedOperationException();
    }

    /**
     * Deletes it and waits.
     *
     * @return false if there is none
     */
    public boolean delete(String name) {
        throw new UnsupportedOperationException(name);
    }

    /** Sets the volume back; {@link LxdException.Kind#IN_USE} while a running instance has it. */
    public void restore(String name) {
        throw new UnsupportedOperationException(name);
    }
}
