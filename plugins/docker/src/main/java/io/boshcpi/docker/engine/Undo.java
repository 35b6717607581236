package io.boshcpi.docker.engine;

import com.github.dockerjava.api.DockerClient;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be undone if a task fails, the last step first.
 *
 * <p>A step is registered <em>before</em> the request that it undoes, since a failed request may have had its effect all
 * the same. Undoing what did not happen must therefore succeed.
 */
public final class Undo {
    private static final Logger LOG = LoggerFactory.getLogger(Undo.class);

    private record Step(String object, Consumer<DockerClient> removal) {}

    private final Deque<Step> steps = new ArrayDeque<>();

    /**
     * Adds a step, which runs before those added earlier.
     *
     * @param object what the step undoes, for the log: {@code "the volume disk-1"}
     */
    public void register(String object, Consumer<DockerClient> removal) {
        steps.push(new Step(object, removal));
    }

    /** Drops all steps: what was done has to stay even if the task fails. */
    public void keep() {
        steps.clear();
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }

    /** Runs all steps. Of one that fails the log names the object, and the failure carries the reason. */
    void run(DockerClient docker, Throwable failure) {
        while (!steps.isEmpty()) {
            Step step = steps.pop();
            try {
                step.removal.accept(docker);
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
                LOG.error(
                        "Left behind: {} ({}). `cpi gc` finds it by its io.boshcpi.* labels.",
                        step.object,
                        e.getMessage());
            }
        }
    }
}
