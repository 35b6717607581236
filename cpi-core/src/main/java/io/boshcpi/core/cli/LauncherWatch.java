package io.boshcpi.core.cli;

import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.log.LogLevel;

/**
 * Ends the process of a call whose launcher was killed, since nobody hears its response. What the call has made bears the
 * CPI's marks, as after any call that was cut off.
 *
 * <p>The launcher is the parent process. A process whose parent ends gets another one, which works on every system and
 * for every signal. Few calls last until the first look.
 *
 * <p>It also ends a process that has answered and yet goes on, since a plugin has left a hook that does not end: the
 * launcher waits for the end.
 */
final class LauncherWatch extends Thread {
    private static final long INTERVAL_MILLIS = 1000;

    private final long launcher;
    private final CallLog log;
    private volatile boolean answered;

    /** A watch on the process with that ID. */
    LauncherWatch(long launcher, CallLog log) {
        super("launcher-watch");
        this.launcher = launcher;
        this.log = log;
        setDaemon(true);
    }

    @Override
    public void run() {
        try {
            do {
                if (answered) {
                    sleep(INTERVAL_MILLIS);
                    Runtime.getRuntime().halt(0);
                }
                sleep(INTERVAL_MILLIS);
            } while (isThere());
        } catch (InterruptedException e) {
            return;
        }
        log.log(LogLevel.WARN, "The launcher of this call is gone, so nobody hears its response; the call is cut off");
        Runtime.getRuntime().halt(1);
    }

    /** The response is out, and all that is left is the end of the process. */
    void answered() {
        answered = true;
    }

    private boolean isThere() {
        ProcessHandle parent = ProcessHandle.current().parent().orElse(null);
        return parent != null && parent.pid() == launcher;
    }
}
