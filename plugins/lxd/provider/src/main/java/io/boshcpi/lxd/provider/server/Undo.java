package io.boshcpi.lxd.provider.server;

import io.boshcpi.lxd.client.session.LxdSession;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be undone if a task fails, the last step first.
 *
 * <p>A step is registered <em>before</em> the request that it undoes, since a failed request may have had its effect
 * all the same. Undoing what did not happen must therefore succeed.
 */
public final class Undo {
    private static final Logger LOG = LoggerFactory.getLogger(Undo.class);

    private final Deque<Step> steps = new ArrayDeque<>();

    /** Removes one object. */
    public abstract static class Step {
        private final String object;

        /**
         * @param object what the step removes, for the log: {@code "instance vm-1"}
         */
        protected Step(String object) {
            this.object = object;
        }

        /** Removes the object; succeeds if it is absent. */
        protected abstract void undo(LxdSession lxd);
    }

    /** Adds a step, which runs before those added earlier. */
    public void register(Step step) {
        steps.push(step);
    }

    /** Drops all steps: what was created has to stay even if the task fails. */
    public void keep() {
        steps.clear();
    }

    boolean hasSteps() {
        return !steps.isEmpty();
    }

    /** Runs the last step. If that fails too, the log names the object, and the failure carries the reason. */
    void undoLast(LxdSession lxd, Throwable failure) {
        Step step = steps.pop();
        try {
            step.undo(lxd);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            LOG.error("Left behind: {} ({}). `cpi gc` finds it by its user.bosh.* marks.", step.object, e.getMessage());
        }
    }
}
