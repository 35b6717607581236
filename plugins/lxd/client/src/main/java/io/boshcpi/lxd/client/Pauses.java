package io.boshcpi.lxd.client;

import io.boshcpi.lxd.client.LxdException.Kind;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Pauses between attempts: each about twice as long as the one before, never past the end. */
final class Pauses {
    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long endNanos;
    private long nextNanos = FIRST_NANOS;

    private Pauses(long endNanos) {
        this.endNanos = endNanos;
    }

    static Pauses until(long endNanos) {
        return new Pauses(endNanos);
    }

    /** Sleeps, and returns true; or returns false at once if there is no time for it. */
    boolean pause() {
        // Half of it is chance, so that those who collided once do not do so again.
        long nanos = nextNanos / 2 + ThreadLocalRandom.current().nextLong(nextNanos);
        nextNanos = Math.min(2 * nextNanos, LONGEST_NANOS);
        if (System.nanoTime() + nanos - endNanos >= 0) {
            return false;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LxdException(Kind.INTERRUPTED, 0, "", "interrupted between two attempts", e);
        }
    }
}
