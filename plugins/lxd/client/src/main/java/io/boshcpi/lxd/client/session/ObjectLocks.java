package io.boshcpi.lxd.client.session;

import io.boshcpi.lxd.client.engine.KeyedLocks;
import io.boshcpi.lxd.client.engine.Pauses;
import io.boshcpi.lxd.client.engine.Rest;
import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import java.util.function.Supplier;

/**
 * Makes the changes of one object one after the other: those of this process with a lock, those of other processes by
 * trying again while the server reports that the object is busy, or has changed since it was read.
 */
final class ObjectLocks {
    private final KeyedLocks locks;
    private final Rest rest;

    ObjectLocks(KeyedLocks locks, Rest rest) {
        this.locks = locks;
        this.rest = rest;
    }

    /** Makes the change of an instance, and repeats it as long as it fails with {@link Kind#BUSY}. */
    <T> T exclusively(String instance, Supplier<T> change) {
        Held held = hold("instance", instance);
        try {
            return Pauses.until(rest.deadlineNanos()).untilNotBusy(change);
        } finally {
            held.release();
        }
    }

    /** Takes the lock of an object, or fails with {@link Kind#BUSY} at the deadline. */
    Held hold(String kind, String name) {
        String key = rest.project() + '/' + kind + '/' + name;
        try {
            if (locks.lock(key, rest.deadlineNanos())) {
                return new Held(locks, key);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LxdException(Kind.INTERRUPTED, 0, "", "interrupted", e);
        }
        throw new LxdException(
                Kind.BUSY, 0, "", "another call changed the " + kind + " " + name + " until the deadline", null);
    }
}
