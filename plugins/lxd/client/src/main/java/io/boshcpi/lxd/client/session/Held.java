package io.boshcpi.lxd.client.session;

import io.boshcpi.lxd.client.engine.KeyedLocks;

/** An object that no other call of this process changes until the thread that holds it releases it. */
public final class Held {
    private final KeyedLocks locks;
    private final String key;

    Held(KeyedLocks locks, String key) {
        this.locks = locks;
        this.key = key;
    }

    /** Lets the next call have the object. */
    public void release() {
        locks.unlock(key);
    }
}
