package io.boshcpi.lxd.provider.disk;

import io.boshcpi.lxd.client.session.Held;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.server.ServerTask;
import io.boshcpi.lxd.provider.server.Undo;
import io.boshcpi.spi.DiskCid;

/** A change of one disk. The changes of a disk by one host follow one another; the next waits until its deadline. */
abstract class DiskTask<T> extends ServerTask<T> {
    private final DiskCid disk;

    DiskTask(DiskCid disk) {
        this.disk = disk;
    }

    @Override
    protected final T run(LxdSession lxd, Undo undo) {
        Held held = lxd.holdVolume(disk.value());
        try {
            return change(lxd, undo);
        } finally {
            held.release();
        }
    }

    /** Makes the change. */
    abstract T change(LxdSession lxd, Undo undo);
}
