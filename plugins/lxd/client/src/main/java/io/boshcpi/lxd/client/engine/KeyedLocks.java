package io.boshcpi.lxd.client.engine;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** One lock for each key. A lock that no thread holds or waits for is removed. */
public final class KeyedLocks {
    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();

    /** Takes the lock of the key, or returns false at the deadline. */
    public boolean lock(String key, long deadlineNanos) throws InterruptedException {
        Entry entry = enter(key);
        boolean taken = false;
        try {
            taken = entry.lock.tryLock(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } finally {
            if (!taken) {
                leave(key);
            }
        }
        return taken;
    }

    /** Gives back the lock of the key, which this thread holds. */
    public void unlock(String key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            throw new IllegalMonitorStateException(key + " is not locked");
        }
        entry.lock.unlock();
        leave(key);
    }

    int size() {
        return entries.size();
    }

    private Entry enter(String key) {
        Entry entry = entries.compute(key, (k, present) -> {
            Entry used = present == null ? new Entry() : present;
            used.users++;
            return used;
        });
        return entry;
    }

    private void leave(String key) {
        entries.computeIfPresent(key, (k, entry) -> --entry.users == 0 ? null : entry);
    }

    /** A lock and the number of threads that hold it or wait for it, which changes only under the map's own locking. */
    private static final class Entry {
        final ReentrantLock lock = new ReentrantLock(true);
        int users;
    }
}
