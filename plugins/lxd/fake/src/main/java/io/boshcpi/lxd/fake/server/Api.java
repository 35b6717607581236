package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.State;
import io.boshcpi.lxd.fake.rules.InstanceRules;
import java.time.Duration;
import java.util.List;

/** The whole API: who may ask, and the parts that answer. */
public final class Api {
    private final State state;
    private final Trust trust;
    private final Router router;

    /**
     * The API of a server.
     *
     * @param operationLifetime how long an operation is known after its end
     */
    public Api(State state, Duration operationLifetime) {
        this.state = state;
        trust = new Trust(state);
        router = new Router(state);
        Operations operations = new Operations(state, operationLifetime);
        InstanceRules rules = new InstanceRules(state);
        List<ApiPart> parts = List.of(
                new ServerApi(state, operations, trust),
                new OperationsApi(state, operations),
                new ProjectsApi(state, operations),
                new ImagesApi(state, operations),
                new VolumesApi(state, operations),
                new SnapshotsApi(state, operations),
                new NetworksApi(state, operations, trust),
                new InstanceCreation(state, operations, rules),
                new InstancesApi(state, operations, rules),
                new InstanceStateApi(state, operations),
                new GuestApi(state, operations));
        parts.forEach(part -> part.register(router));
    }

    public Reply handle(Request request) {
        try {
            synchronized (state) {
                trust.check(request);
            }
            return router.handle(request);
        } catch (ApiError e) {
            return Reply.error(e);
        }
    }

    /** The requests that it answers, in the form {@code "GET /1.0/instances/{name}"}. */
    public List<String> routes() {
        return router.routes();
    }
}
