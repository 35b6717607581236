package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.model.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code /1.0/operations}. */
public final class OperationsApi {
    private final State state;
    private final Operations operations;

    public OperationsApi(State state, Operations operations) {
        this.state = state;
        this.operations = operations;
    }

    public void register(Router router) {
        router.add("GET", "/1.0/operations", this::list);
        router.add(
                "GET",
                "/1.0/operations/{id}",
                request -> Reply.sync(find(request).json()));
        router.add("GET", "/1.0/operations/{id}/wait", Router.Kind.WAITING, this::await);
    }

    private Operation find(Request request) {
        return operations.find(request.name("id"));
    }

    private Reply list(Request request) {
        Map<String, List<Object>> byStatus = new TreeMap<>();
        for (Operation operation : operations.all()) {
            if (operation.project.equals(request.project())) {
                byStatus.computeIfAbsent(operation.status().toLowerCase(Locale.ROOT), status -> new ArrayList<>())
                        .add(operation.json());
            }
        }
        return Reply.sync(byStatus);
    }

    private Reply await(Request request) {
        Operation operation = find(request);
        boolean ended = operation.await(Long.parseLong(request.query().getOrDefault("timeout", "-1")));
        synchronized (state) {
            return ended ? ended(operation) : timedOut(operation);
        }
    }

    /** LXD tells the failure in the operation, Incus in the body of the answer; HTTP says 200 in both. */
    private Reply ended(Operation operation) {
        ApiError failure = operation.failure();
        return failure == null || state.dialect == Dialect.LXD
                ? Reply.sync(operation.json())
                : Reply.errorInBody(200, failure);
    }

    private Reply timedOut(Operation operation) {
        return state.dialect == Dialect.LXD
                ? Reply.sync(operation.json())
                : Reply.errorInBody(200, ApiError.internal("context deadline exceeded"));
    }
}
