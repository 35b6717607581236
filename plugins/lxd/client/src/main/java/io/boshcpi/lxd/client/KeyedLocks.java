package io.boshcpi.lxd.client;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** A lock for each key in use; a lock that nobody holds or waits for is forgotten. */
final class KeyedLocks {
    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();

    /** Takes the lock of the key, or returns false at the deadline. */
    boolean lock(String key, long deadlineNanos) throws InterruptedException {
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
    void unlock(String key) {
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

    /** A lock and how many threads hold it or wait for it; the count changes only within the map's own locking. */
    private static final class Entry {
        final ReentrantLock lock = new ReentrantLock(true);
        int users;
    }
}
