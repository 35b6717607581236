package io.boshcpi.lxd.client;

/**
 * Where a new volume's content comes from.
 *
 * @param pool of the source, which may be another one
 * @param name {@code VOLUME} or {@code VOLUME/SNAPSHOT}
 * @param withSnapshots whether to copy the snapshots as well
 */
public record VolumeSource(String pool, String name, boolean withSnapshots) {
    /** The volume as it is now, without its snapshots. */
    public static VolumeSource volume(String pool, String name) {
        return new VolumeSource(pool, Names.check("volume", name), false);
    }

    /** The volume as it was when the snapshot was taken. */
    public static VolumeSource snapshot(String pool, String volume, String snapshot) {
        return new VolumeSource(pool, Names.check("volume", volume) + "/" + Names.check("snapshot", snapshot), false);
    }
}
