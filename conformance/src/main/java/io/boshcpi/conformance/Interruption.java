package io.boshcpi.conformance;

import java.util.concurrent.CountDownLatch;

/** Lets a run that is interrupted remove what it has made before the process ends. */
final class Interruption {
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    /** Calls {@code stop} when the process is asked to end, and then waits for {@link #end()}. */
    Interruption(Runnable stop) {
        hook = new Thread(() -> {
            stop.run();
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The run has removed everything. */
    void end() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and waits for nothing else.
        }
    }
}
