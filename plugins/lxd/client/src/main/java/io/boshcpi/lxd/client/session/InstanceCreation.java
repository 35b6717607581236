package io.boshcpi.lxd.client.session;

import io.boshcpi.lxd.client.engine.Pauses;
import io.boshcpi.lxd.client.engine.Request;
import io.boshcpi.lxd.client.engine.Rest;
import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.model.Instance;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Creates one instance, and finds it again if the server's answer is lost.
 *
 * <p>An instance is listed as stopped as soon as its creation begins. Its templates being marked for the first start
 * shows that it is finished, since a creation from an image writes this mark last. The server removes what it cannot
 * finish; only a server that was killed leaves a half-made instance.
 */
final class InstanceCreation {
    private static final String FINISHED = "volatile.apply_template";
    /** How long a busy server is asked again. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Rest rest;
    private final InstanceReader instances;
    private final String name;
    private final Request request;

    InstanceCreation(Rest rest, String name, Request request) {
        this.rest = rest;
        this.instances = new InstanceReader(rest);
        this.name = name;
        this.request = request;
    }

    void run() {
        Pauses pauses = rest.pausesWithin(PATIENCE_NANOS);
        while (true) {
            try {
                create();
                return;
            } catch (LxdException e) {
                if (e.is(Kind.OUTCOME_UNKNOWN)) {
                    recover(e);
                    return;
                }
                // A server that gave up since it was busy has removed what it began.
                boolean again = e.is(Kind.BUSY) && instances.find(name).isEmpty() && pauses.pause();
                if (!again) {
                    throw e;
                }
            }
        }
    }

    private void create() {
        rest.finish(
                rest.send(request),
                () -> instances.find(name).filter(this::isFinished).isPresent());
    }

    /**
     * Finishes what the lost request began, or begins again. The lost request may reach the server only after this has
     * looked. Then the new one fails since the name exists or is being created, and this looks once more.
     */
    private void recover(LxdException lost) {
        Pauses pauses = Pauses.until(rest.deadlineNanos());
        do {
            rest.awaitOperationsOn(name);
            Optional<Instance> found = instances.find(name);
            if (found.isPresent()) {
                refuseHalfMade(found.get(), lost);
                return;
            }
            try {
                create();
                return;
            } catch (LxdException e) {
                if (!e.is(Kind.ALREADY_EXISTS) && !e.is(Kind.BUSY)) {
                    throw e;
                }
            }
        } while (pauses.pause());
        throw lost;
    }

    /** The creation may have begun after the operations were listed, so they are listed twice. */
    private void refuseHalfMade(Instance found, LxdException lost) {
        if (isFinished(found)) {
            return;
        }
        rest.awaitOperationsOn(name);
        if (!isFinished(instances.get(name))) {
            throw new LxdException(
                    Kind.OUTCOME_UNKNOWN, 0, request.name(), "the instance " + name + " is left half made", lost);
        }
    }

    private boolean isFinished(Instance instance) {
        Map<String, String> config = instance.config();
        return config.containsKey(FINISHED) || instance.isRunning() || config.containsKey("volatile.last_state.power");
    }
}
