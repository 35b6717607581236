package io.boshcpi.lxd.client.engine;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Pauses between attempts: each about twice as long as the one before, never past the end. */
public final class Pauses {
    private static final long MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long endNanos;
    private long nextNanos = MIN_NANOS;

    private Pauses(long endNanos) {
        this.endNanos = endNanos;
    }

    /** Pauses that end before the {@link System#nanoTime()}. */
    public static Pauses until(long endNanos) {
        return new Pauses(endNanos);
    }

    /** Sleeps and returns true, or returns false at once if there is no time left. */
    public boolean pause() {
        // Half of it is random, so that calls that collided once do not collide again.
        long nanos = nextNanos / 2 + ThreadLocalRandom.current().nextLong(nextNanos);
        nextNanos = Math.min(2 * nextNanos, MAX_NANOS);
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

    /** Makes a change, and repeats it as long as it fails with {@link Kind#BUSY} and there is time left. */
    public <T> T untilNotBusy(Supplier<T> change) {
        while (true) {
            try {
                return change.get();
            } catch (LxdException e) {
                if (!e.is(Kind.BUSY) || !pause()) {
                    throw e;
                }
            }
        }
    }
}
