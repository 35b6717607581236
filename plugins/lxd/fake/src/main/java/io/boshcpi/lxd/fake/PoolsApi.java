package io.boshcpi.lxd.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /1.0/storage-pools}. */
final class PoolsApi {
    /** The size of a pool that nobody gave one: what a test never fills by accident. */
    static final long DEFAULT_SIZE = 1L << 40;

    private final State state;
    private final Trust trust;

    PoolsApi(State state, Trust trust) {
        this.state = state;
        this.trust = trust;
    }

    void register(Router router) {
        router.add("GET", "/1.0/storage-pools", this::list);
        router.add("POST", "/1.0/storage-pools", this::create);
        router.add("GET", "/1.0/storage-pools/{pool}", this::get);
        router.add("PATCH", "/1.0/storage-pools/{pool}", this::update);
        router.add("DELETE", "/1.0/storage-pools/{pool}", this::delete);
        router.add("GET", "/1.0/storage-pools/{pool}/resources", this::resources);
    }

    private Map<String, Object> json(Model.Pool pool, @Nullable Object config) {
        return JsonObject.of("config", config)
                .and("description", pool.description)
                .and("name", pool.name)
                .and("driver", pool.driver)
                .and("used_by", state.dialect.users(state.usersOfPool(pool)))
                .and("status", "Created")
                .and("locations", List.of("none"));
    }

    private Reply list(Request request) {
        List<Object> found = new ArrayList<>();
        state.pools
                .values()
                .forEach(pool -> found.add(
                        request.recursion() > 0 ? json(pool, pool.config) : "/1.0/storage-pools/" + pool.name));
        return Reply.sync(found);
    }

    private Reply create(Request request) {
        Map<String, Object> body = request.json();
        String name = Json.text(body, "name", "");
        if (state.pools.containsKey(name)) {
            throw ApiError.conflict("The storage pool already exists: The record already exists");
        }
        String driver = Json.text(body, "driver", "");
        if (!DriverRules.knows(driver)) {
            throw ApiError.internal("Unknown driver");
        }
        Map<String, String> config = Json.strings(body, "config");
        long size = config.containsKey("size") ? Sizes.parse(config.getOrDefault("size", "")) : DEFAULT_SIZE;
        config.putIfAbsent("source", source(driver, name));
        Model.Pool pool = new Model.Pool(name, driver, config, size);
        pool.description = Json.text(body, "description", "");
        state.pools.put(name, pool);
        return Reply.created("/1.0/storage-pools/" + name);
    }

    private String source(String driver, String name) {
        String directory = state.dialect.stateDirectory();
        return driver.equals("dir") ? directory + "/storage-pools/" + name : directory + "/disks/" + name + ".img";
    }

    private static String etag(Model.Pool pool) {
        return Json.etag(pool.name, pool.driver, pool.config);
    }

    private Reply get(Request request) {
        Model.Pool pool = state.pool(request.name("pool"));
        return Reply.sync(json(pool, trust.isRestricted(request.peer()) ? null : pool.config))
                .etag(etag(pool));
    }

    private Reply update(Request request) {
        Model.Pool pool = state.pool(request.name("pool"));
        request.checkEtag(etag(pool));
        Map<String, String> config = Configs.merged(pool.config, Json.strings(request.json(), "config"));
        pool.config.clear();
        pool.config.putAll(config);
        return Reply.done();
    }

    private Reply delete(Request request) {
        Model.Pool pool = state.pool(request.name("pool"));
        if (!state.usersOfPool(pool).isEmpty()) {
            throw ApiError.badRequest("The storage pool is currently in use");
        }
        state.pools.remove(pool.name);
        return Reply.done();
    }

    private Reply resources(Request request) {
        Model.Pool pool = state.pool(request.name("pool"));
        return Reply.sync(
                JsonObject.of("space", JsonObject.of("used", pool.usedBytes).and("total", pool.totalBytes))
                        .and("inodes", JsonObject.of("used", 0).and("total", 0)));
    }
}
