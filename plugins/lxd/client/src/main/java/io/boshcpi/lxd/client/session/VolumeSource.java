package io.boshcpi.lxd.client.session;

import io.boshcpi.lxd.client.engine.Names;

/**
 * A volume whose content, without its snapshots, goes into a new volume.
 *
 * @param pool of the source, which may be another one
 */
public record VolumeSource(String pool, String name) {
    /** The volume as it is now. */
    public static VolumeSource volume(String pool, String name) {
        return new VolumeSource(pool, Names.check("volume", name));
    }
}
