package io.boshcpi.lxd.client;

import io.boshcpi.lxd.client.LxdException.Kind;
import io.boshcpi.lxd.client.model.Instance;
import io.boshcpi.lxd.client.model.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Creates one instance, and finds it again if the server's answer gets lost.
 *
 * <p>An instance shows up as stopped as soon as it is begun. What tells that it is finished is the note that its templates are
 * still to be applied at the first start, which is the last thing that a creation from an image writes. The server's own
 * creation removes what it could not finish; only a server that was killed leaves something half made.
 */
final class InstanceCreation {
    private static final String FINISHED = "volatile.apply_template";

    private final Rest rest;
    private final Instances instances;
    private final String name;
    private final Request request;

    InstanceCreation(Rest rest, Instances instances, String name, Request request) {
        this.rest = rest;
        this.instances = instances;
        this.name = name;
        this.request = request;
    }

    void run() {
        try {
            await(rest.send(request));
        } catch (LxdException e) {
            if (!e.is(Kind.OUTCOME_UNKNOWN)) {
                throw e;
            }
            recover(e);
        }
    }

    private void await(ApiReply accepted) {
        rest.finish(
                accepted, () -> instances.find(name).filter(this::isFinished).isPresent());
    }

    private void recover(LxdException lost) {
        if (instances.find(name).isEmpty()) {
            sendAgain();
            return;
        }
        for (Operation operation : operationsOnIt()) {
            new OperationWaiter(rest).await("/1.0/operations/" + operation.id(), () -> true);
        }
        Optional<Instance> now = instances.find(name);
        if (now.isEmpty() || !isFinished(now.get())) {
            throw new LxdException(
                    Kind.OUTCOME_UNKNOWN, 0, request.name(), "the instance " + name + " is left half made", lost);
        }
    }

    /** The first request may have been on its way still: then the name is taken, by this very call. */
    private void sendAgain() {
        try {
            await(rest.send(request));
        } catch (LxdException e) {
            if (!e.is(Kind.ALREADY_EXISTS)
                    || instances.find(name).filter(this::isFinished).isEmpty()) {
                throw e;
            }
        }
    }

    private List<Operation> operationsOnIt() {
        String url = "/1.0/instances/" + name;
        return rest.operations().stream()
                .filter(operation -> operation.isUnderWay()
                        && operation.resources().stream().anyMatch(resource -> isOf(resource, url)))
                .toList();
    }

    private static boolean isOf(String resource, String url) {
        return resource.equals(url) || resource.startsWith(url + '?');
    }

    private boolean isFinished(Instance instance) {
        Map<String, String> config = instance.config();
        return config.containsKey(FINISHED) || instance.isRunning() || config.containsKey("volatile.last_state.power");
    }
}
