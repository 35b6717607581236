package io.boshcpi.lxd.client.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyedLocksTest {
    private final KeyedLocks locks = new KeyedLocks();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void oneKeyIsHeldByOneThreadAtATime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(16);
        for (int i = 0; i < 16; i++) {
            threads.execute(() -> {
                try {
                    for (int n = 0; n < 200; n++) {
                        locks.lock("k", in(30));
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        inside.decrementAndGet();
                        locks.unlock("k");
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                done.countDown();
            });
        }

        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(most).hasValue(1);
        assertThat(locks.size()).isZero();
    }

    @Test
    void otherKeysAreFree() throws Exception {
        locks.lock("a", in(5));

        Future<Boolean> other = threads.submit(() -> locks.lock("b", in(5)));

        assertThat(other.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theDeadlineEndsTheWaitAndLeavesNothing() throws Exception {
        locks.lock("k", in(5));

        Future<Boolean> second = threads.submit(() -> locks.lock("k", System.nanoTime() + 1_000_000));

        assertThat(second.get(5, TimeUnit.SECONDS)).isFalse();
        locks.unlock("k");
        assertThat(locks.size()).isZero();
    }

    @Test
    void whatIsNotLockedIsNotUnlocked() {
        assertThatThrownBy(() -> locks.unlock("k")).isInstanceOf(IllegalMonitorStateException.class);
    }

    private static long in(int seconds) {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }
}
