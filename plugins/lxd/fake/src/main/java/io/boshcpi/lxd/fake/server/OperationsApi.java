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
final class OperationsApi extends ApiPart {
    OperationsApi(State state, Operations operations) {
        super(state, operations);
    }

    @Override
    void register(Router router) {
        router.add("GET", "/1.0/operations", this::list);
        router.add(
                "GET",
                "/1.0/operations/{id}",
                request -> Reply.sync(operations.find(request.name("id")).json()));
        router.addUnlocked("GET", "/1.0/operations/{id}/wait", this::await);
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

    /** LXD tells a failure and the end of its patience in the operation, Incus in the body; HTTP says 200 in both. */
    private Reply await(Request request) {
        Operation operation = operations.find(request.name("id"));
        boolean ended = operation.await(Long.parseLong(request.query().getOrDefault("timeout", "3600")));
        synchronized (state) {
            ApiError failure = ended ? operation.failure() : ApiError.internal("context deadline exceeded");
            return failure == null || dialect == Dialect.LXD
                    ? Reply.sync(operation.json())
                    : Reply.errorInBody(200, failure);
        }
    }
}
