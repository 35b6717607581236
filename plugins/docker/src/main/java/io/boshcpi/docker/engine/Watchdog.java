package io.boshcpi.docker.engine;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts threads that wait for the engine for too long. A read of a Unix socket knows no time limit of its own, but ends
 * when its thread is interrupted.
 */
final class Watchdog implements AutoCloseable {
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "docker-watchdog");
        thread.setDaemon(true);
        return thread;
    });

    Watchdog() {
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Watches the current thread until the watch ends. */
    Watch begin(Duration time) {
        Watch watch = new Watch(Thread.currentThread());
        watch.alarm = timer.schedule(watch::interrupt, time.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** One wait of one thread. */
    static final class Watch {
        private final Thread thread;
        private boolean ended;
        private boolean interrupted;
        private @Nullable Future<?> alarm;

        private Watch(Thread thread) {
            this.thread = thread;
        }

        private synchronized void interrupt() {
            if (!ended) {
                interrupted = true;
                thread.interrupt();
            }
        }

        /** Ends the watch. Returns whether the thread was interrupted by it, of which nothing is left then. */
        synchronized boolean end() {
            ended = true;
            if (alarm != null) {
                alarm.cancel(false);
            }
            return interrupted && Thread.interrupted();
        }
    }
}
