package io.boshcpi.lxd.client.session;

import io.boshcpi.lxd.client.engine.KeyedLocks;
import io.boshcpi.lxd.client.engine.Pauses;
import io.boshcpi.lxd.client.engine.Rest;
import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import java.util.function.Supplier;

/**
 * Makes the changes of one instance one after the other: those of this process with a lock, those of other processes by
 * trying again while the server reports that the instance is busy, or has changed since it was read.
 */
final class InstanceLocks {
    private final KeyedLocks locks;
    private final Rest rest;

    InstanceLocks(KeyedLocks locks, Rest rest) {
        this.locks = locks;
        this.rest = rest;
    }

    /** Makes the change, and repeats it as long as it fails with {@link Kind#BUSY}. */
    <T> T exclusively(String instance, Supplier<T> change) {
        String key = rest.project() + '/' + instance;
        lock(key, instance);
        try {
            return untilNotBusy(change);
        } finally {
            locks.unlock(key);
        }
    }

    private <T> T untilNotBusy(Supplier<T> change) {
        Pauses pauses = Pauses.until(rest.deadlineNanos());
        while (true) {
            try {
                return change.get();
            } catch (LxdException e) {
                if (!e.is(Kind.BUSY) || !pauses.pause()) {
                    throw e;
                }
            }
        }
    }

    private void lock(String key, String instance) {
        try {
            if (!locks.lock(key, rest.deadlineNanos())) {
                throw new LxdException(
                        Kind.BUSY,
                        0,
                        "",
                        "another call changed the instance " + instance + " until the deadline",
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LxdException(Kind.INTERRUPTED, 0, "", "interrupted", e);
        }
    }
}
