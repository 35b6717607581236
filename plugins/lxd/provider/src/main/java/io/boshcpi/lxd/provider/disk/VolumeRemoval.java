package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.server.Undo;

/** Undoes the creation of a volume. */
public class VolumeRemoval extends Undo.Step {
    final String pool;
    final String volume;

    public VolumeRemoval(String pool, String volume) {
        super("volume " + volume + " in pool " + pool);
        this.pool = pool;
        this.volume = volume;
    }

    @Override
    protected void undo(LxdSession lxd) {
        lxd.volumes(pool).delete(volume);
    }
}
