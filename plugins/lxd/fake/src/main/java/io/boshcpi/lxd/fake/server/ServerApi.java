package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.JsonObject;
import io.boshcpi.lxd.fake.model.State;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** {@code /1.0}: what the server is. */
public final class ServerApi {
    /** A choice of the extensions that both servers have; the real ones list some three hundred. */
    private static final List<String> EXTENSIONS = List.of(
            "clustering",
            "file_symlinks",
            "instances",
            "projects",
            "projects_restrictions",
            "proxy_unix_dac_properties",
            "storage",
            "storage_api_local_volume_handling",
            "storage_api_volume_snapshots");

    private final State state;
    private final Trust trust;

    public ServerApi(State state, Trust trust) {
        this.state = state;
        this.trust = trust;
    }

    public void register(Router router) {
        router.add("GET", "/1.0", this::get);
    }

    private Reply get(Request request) {
        boolean trusted = trust.isTrusted(request.peer());
        Map<String, Object> server = JsonObject.of("api_extensions", EXTENSIONS)
                .and("api_status", "stable")
                .and("api_version", "1.0")
                .and("auth", trusted ? "trusted" : "untrusted")
                .and("public", false)
                .and("auth_methods", List.of("tls"));
        if (trusted) {
            server.put("config", Map.of());
            server.put("environment", environment(request.project()));
        }
        return Reply.sync(server);
    }

    private Map<String, Object> environment(String project) {
        TreeSet<String> drivers = new TreeSet<>();
        state.pools.values().forEach(pool -> drivers.add(pool.driver));
        return JsonObject.of("architectures", List.of("x86_64", "i686"))
                .and("driver", state.virtualMachines ? "lxc | qemu" : "lxc")
                .and("driver_version", state.virtualMachines ? "5.0.2 | 8.2.1" : "5.0.2")
                .and("kernel", "Linux")
                .and("kernel_architecture", "x86_64")
                .and("kernel_version", "6.1.0-fake")
                .and("os_name", "FakeLxd")
                .and("project", project)
                .and("server", state.dialect.server())
                .and("server_clustered", false)
                .and("server_name", "fake")
                .and("server_version", state.dialect.version())
                .and("storage", String.join(" | ", drivers))
                .and("storage_version", "1");
    }
}
