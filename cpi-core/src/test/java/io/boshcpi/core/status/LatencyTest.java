package io.boshcpi.core.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatencyTest {
    private static final int LAST = Latency.BOUNDS.size();

    private final Latency latency = new Latency();

    private void record(double seconds) {
        latency.record(Math.round(seconds * 1e9));
    }

    @Test
    void aDurationThatEqualsABoundIsInTheBucketOfThatBound() {
        record(Latency.BOUNDS.get(3));
        record(Latency.BOUNDS.get(3) + 1e-9);

        assertThat(latency.snapshot().counts().get(3)).isEqualTo(1);
        assertThat(latency.snapshot().counts().get(4)).isEqualTo(1);
    }

    @Test
    void whatIsAboveAllBoundsIsInTheLastBucket() {
        record(100_000);

        assertThat(latency.snapshot().counts()).hasSize(LAST + 1);
        assertThat(latency.snapshot().counts().get(LAST)).isEqualTo(1);
        assertThat(latency.snapshot().quantile(0.5)).isBetween(3600.0, 100_000.0);
    }

    @Test
    void theBoundsAscend() {
        assertThat(Latency.BOUNDS).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void quantilesAreInterpolatedWithinTheirBucket() {
        IntStream.range(0, 100).forEach(i -> record(1.1)); // Between 1 and 2.5.
        IntStream.range(0, 100).forEach(i -> record(8)); // Between 5 and 10.

        Latency.Snapshot snapshot = latency.snapshot();

        assertThat(snapshot.quantile(0.25)).isCloseTo(1.75, within(1e-9));
        assertThat(snapshot.quantile(0.5)).isCloseTo(2.5, within(1e-9));
        assertThat(snapshot.quantile(0.75)).isCloseTo(7.5, within(1e-9));
    }

    @Test
    void noQuantileIsLongerThanTheLongest() {
        record(1.1);

        assertThat(latency.snapshot().quantile(0.99)).isEqualTo(1.1);
        assertThat(latency.snapshot().max()).isEqualTo(1.1);
    }

    @Test
    void anEmptyHistogramHasZeros() {
        assertThat(latency.snapshot().quantile(0.5)).isZero();
        assertThat(latency.snapshot().count()).isZero();
        assertThat(latency.snapshot().sum()).isZero();
    }

    @Test
    void twoAreAddedBucketByBucket() {
        record(0.02);
        Latency other = new Latency();
        other.record(3_000_000_000L);

        Latency.Snapshot both = latency.snapshot().plus(other.snapshot());

        assertThat(both.count()).isEqualTo(2);
        assertThat(both.sum()).isCloseTo(3.02, within(1e-9));
        assertThat(both.max()).isEqualTo(3);
    }

    @Test
    void nothingIsLostWhenThreadsRecordAtOnce() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> IntStream.range(0, 10_000).forEach(n -> record(0.001)));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(latency.snapshot().count()).isEqualTo(80_000);
        assertThat(latency.snapshot().sum()).isCloseTo(80, within(1e-6));
    }
}
