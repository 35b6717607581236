package io.boshcpi.spi;

import java.time.Duration;
import org.apiguardian.api.API;

/**
 * The moment by which a call must have its answer. Waits and retries end there.
 *
 * <p>It is measured on a monotonic clock, so it is a value of this process only.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class Deadline {
    private final long atNanos;

    private Deadline(long atNanos) {
        this.atNanos = atNanos;
    }

    /** A deadline that far from now. */
    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** The time that is left in ms, 0 when it has passed. */
    public long remainingMillis() {
        return Math.max(0, (atNanos - System.nanoTime()) / 1_000_000);
    }

    /** Whether no time is left. */
    public boolean hasPassed() {
        return atNanos - System.nanoTime() <= 0;
    }

    /** The earlier of this deadline and one that far from now. */
    public Deadline atMost(Duration duration) {
        Deadline other = in(duration);
        return other.atNanos - atNanos < 0 ? other : this;
    }

    @Override
    public String toString() {
        return "in " + remainingMillis() + " ms";
    }
}
