package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.JsonObject;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.State;
import java.util.List;
import java.util.Map;

/** {@code /1.0/storage-pools}: those that the server was built with. */
public final class PoolsApi {
    private final State state;
    private final Trust trust;

    public PoolsApi(State state, Trust trust) {
        this.state = state;
        this.trust = trust;
    }

    public void register(Router router) {
        router.add("GET", "/1.0/storage-pools", request -> list());
        router.add("GET", "/1.0/storage-pools/{pool}", this::get);
        router.add("GET", "/1.0/storage-pools/{pool}/resources", this::resources);
    }

    private Reply list() {
        return Reply.sync(state.pools.keySet().stream()
                .map(name -> "/1.0/storage-pools/" + name)
                .toList());
    }

    private Reply get(Request request) {
        Model.Pool pool = state.pool(request.name("pool"));
        return Reply.sync(JsonObject.of("config", trust.isRestricted(request.peer()) ? null : Map.of())
                .and("description", "")
                .and("name", pool.name)
                .and("driver", pool.driver)
                .and("used_by", state.dialect.users(state.usersOfPool(pool)))
                .and("status", "Created")
                .and("locations", List.of("none")));
    }

    private Reply resources(Request request) {
        Model.Pool pool = state.pool(request.name("pool"));
        return Reply.sync(
                JsonObject.of("space", JsonObject.of("used", pool.usedBytes).and("total", pool.totalBytes))
                        .and("inodes", JsonObject.of("used", 0).and("total", 0)));
    }
}
