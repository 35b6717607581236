package io.boshcpi.lxd.provider;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be taken back if a later step fails, the last first.
 *
 * <p>A step registers how it is undone <em>before</em> it runs, since a failed step may have had its effect all the
 * same. Undoing what did not happen must therefore succeed.
 */
final class Undo {
    private static final Logger LOG = LoggerFactory.getLogger(Undo.class);

    private final Deque<Step> steps = new ArrayDeque<>();

    private record Step(String what, Runnable action) {}

    /**
     * @param what what the action removes, for the log: {@code "instance vm-1"}
     */
    void register(String what, Runnable action) {
        steps.push(new Step(what, action));
    }

    /** Undoes everything. What cannot be undone is attached to the failure and named in the log. */
    void run(Throwable failure) {
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            try {
                step.action().run();
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
                LOG.error(
                        "Left behind: {} ({}). `cpi gc` finds it by its user.bosh.* marks.",
                        step.what(),
                        e.getMessage());
            }
        }
    }
}
