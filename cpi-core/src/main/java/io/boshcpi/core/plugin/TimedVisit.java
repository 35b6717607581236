package io.boshcpi.core.plugin;

import io.boshcpi.core.log.CallLog;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One visit to a plugin, on a thread that can be given up.
 *
 * <p>The visitor waits as long as the visit may take. A plugin that is late is interrupted; if it does not end then
 * either, its thread is left to it. So a hanging plugin never holds the thread of a call, nor a lock of the host: the call
 * undoes what it has made, and answers. Cutting the call's own thread off could do neither, be the process a cold call or a
 * resident host.
 *
 * <p>The other thread has what the visitor's has: log, limits, and the plugin's class loader as context class loader. Its
 * threads are kept for a while, since a call asks a plugin several things. They are daemons: an abandoned one does not keep
 * the process.
 *
 * <p>A provider may ask its sub-plugins in turn. Its own time stands still meanwhile, so that the one that hangs is late
 * first, and is the one that is blamed.
 */
final class TimedVisit<T> implements Runnable {
    /** What an interrupted plugin has to come back before its thread counts as abandoned. */
    private static final long INTERRUPTED_MILLIS = 1000;

    private static final int IDLE_SECONDS = 10;

    private static final Executor THREADS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), new Daemons());

    /** The visit that a thread of these is for. */
    private static final ThreadLocal<@Nullable TimedVisit<?>> CURRENT = new ThreadLocal<>();

    private final PluginDoor door;
    private final PluginDoor.Visit<T, ?> visit;
    private final @Nullable CallLog log = CallLog.current();
    private final PluginTime time = PluginTime.current();
    private @Nullable Thread thread;
    private boolean asksOthers;
    private long otherNanos;
    private boolean ended;
    private boolean givenUp;
    private @Nullable T result;
    private @Nullable Throwable thrown;

    TimedVisit(PluginDoor door, PluginDoor.Visit<T, ?> visit) {
        this.door = door;
        this.visit = visit;
    }

    private static final class Daemons implements ThreadFactory {
        @Override
        public Thread newThread(Runnable work) {
            Thread thread = new Thread(work, "plugin");
            thread.setDaemon(true);
            thread.setContextClassLoader(PluginHost.class.getClassLoader());
            return thread;
        }
    }

    /**
     * Makes the visit.
     *
     * @return what the plugin threw; {@code null} if it returned a {@link #result}
     * @throws PluginTimeout if it has done neither by then; its trace is the plugin's
     */
    @Nullable
    Throwable make(PluginTime.Limit limit) {
        TimedVisit<?> outer = CURRENT.get();
        if (outer == null) {
            return await(limit);
        }
        long start = System.nanoTime();
        outer.pause();
        try {
            return await(limit);
        } finally {
            outer.resume(System.nanoTime() - start);
        }
    }

    private synchronized void pause() {
        asksOthers = true;
    }

    private synchronized void resume(long nanos) {
        asksOthers = false;
        otherNanos += nanos;
        notifyAll();
    }

    private @Nullable Throwable await(PluginTime.Limit limit) {
        THREADS.execute(this);
        boolean interrupted = false;
        try {
            if (waited(limit.millis())) {
                return thrown;
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        PluginTimeout timeout = new PluginTimeout("did not return from " + visit.place() + " "
                + (interrupted ? "before what called it was late itself" : limit.words()));
        timeout.setStackTrace(interrupt());
        try {
            waited(INTERRUPTED_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        giveUp();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        throw timeout;
    }

    private synchronized boolean waited(long millis) throws InterruptedException {
        long start = System.nanoTime() - otherNanos;
        long left = millis;
        while (!ended && left > 0) {
            wait(asksOthers ? 0 : left);
            left = asksOthers ? left : millis - (System.nanoTime() - start - otherNanos) / 1_000_000;
        }
        return ended;
    }

    /** Interrupts the plugin. Returns where it was. */
    private synchronized StackTraceElement[] interrupt() {
        if (thread == null) {
            return new StackTraceElement[0];
        }
        StackTraceElement[] trace = thread.getStackTrace();
        thread.interrupt();
        return trace;
    }

    private synchronized void giveUp() {
        if (!ended) {
            givenUp = true;
            door.abandon(visit.place());
        }
    }

    /** What the plugin returned. */
    @Nullable
    T result() {
        return result;
    }

    @Override
    public void run() {
        if (!begins()) {
            return;
        }
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        CallLog.Binding binding = log == null ? null : log.bind();
        time.bind();
        CURRENT.set(this);
        current.setContextClassLoader(door.loader());
        try {
            result = visit.run();
        } catch (Throwable e) {
            thrown = PluginFailure.settled(e);
        } finally {
            current.setContextClassLoader(before);
            end();
            CURRENT.remove();
            PluginTime.unbind();
            if (binding != null) {
                binding.close();
            }
        }
    }

    private synchronized boolean begins() {
        thread = Thread.currentThread();
        return !givenUp;
    }

    /** Nobody interrupts the thread any more: its next visit is another one. */
    private synchronized void end() {
        ended = true;
        thread = null;
        Thread.interrupted();
        if (givenUp) {
            door.comeBack(visit.place());
        }
        notifyAll();
    }
}
