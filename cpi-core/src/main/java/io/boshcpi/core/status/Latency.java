package io.boshcpi.core.status;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** A histogram of durations with fixed buckets. Any thread may record; none waits for another. */
final class Latency {
    /** Upper bounds of the buckets in seconds, from a call that asks no server to the longest that BOSH waits for. */
    static final List<Double> BOUNDS = List.of(
            0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0,
            3600.0);

    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS.size() + 1);
    private final LongAdder sumNanos = new LongAdder();
    private final LongAccumulator maxNanos = new LongAccumulator(Math::max, 0);

    void record(long nanos) {
        counts.incrementAndGet(bucket(nanos / 1e9));
        sumNanos.add(nanos);
        maxNanos.accumulate(nanos);
    }

    private static int bucket(double seconds) {
        int i = 0;
        while (i < BOUNDS.size() && seconds > BOUNDS.get(i)) {
            i++;
        }
        return i;
    }

    /** What was recorded until now. */
    Snapshot snapshot() {
        List<Long> now = new ArrayList<>(counts.length());
        for (int i = 0; i < counts.length(); i++) {
            now.add(counts.get(i));
        }
        return new Snapshot(now, sumNanos.sum() / 1e9, maxNanos.get() / 1e9);
    }

    /**
     * The content of a histogram.
     *
     * @param counts for each bucket the durations in it; the last bucket has those above all bounds
     * @param sum of all durations, in seconds
     * @param max the longest duration, in seconds
     */
    record Snapshot(List<Long> counts, double sum, double max) {
        Snapshot {
            counts = List.copyOf(counts);
        }

        /** The number of durations. */
        long count() {
            return counts.stream().mapToLong(Long::longValue).sum();
        }

        /** The content of both. */
        Snapshot plus(Snapshot other) {
            List<Long> sums = new ArrayList<>(counts.size());
            for (int i = 0; i < counts.size(); i++) {
                sums.add(counts.get(i) + other.counts.get(i));
            }
            return new Snapshot(sums, sum + other.sum, Math.max(max, other.max));
        }

        /**
         * The duration, in seconds, that a share of all durations does not exceed. It is interpolated within a bucket, as
         * Prometheus' {@code histogram_quantile} does, and never more than the longest; 0 if there are none.
         *
         * @param share from 0 to 1
         */
        double quantile(double share) {
            double rank = share * count();
            double below = 0;
            for (int i = 0; i < counts.size(); i++) {
                long in = counts.get(i);
                if (in > 0 && below + in >= rank) {
                    double lower = i == 0 ? 0 : BOUNDS.get(i - 1);
                    double upper = i < BOUNDS.size() ? BOUNDS.get(i) : Math.max(lower, max);
                    return Math.min(lower + (upper - lower) * (rank - below) / in, max);
                }
                below += in;
            }
            return 0;
        }
    }
}
