package io.boshcpi.lxd.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** {@code /} and {@code /1.0}: what the server is. */
final class ServerApi {
    /** A choice of the extensions that both servers have; the real ones list some three hundred. */
    private static final List<String> EXTENSIONS = List.of(
            "etag",
            "patch",
            "storage",
            "resources",
            "proxy",
            "file_delete",
            "file_append",
            "file_symlinks",
            "directory_manipulation",
            "container_exec_recording",
            "storage_api_volume_snapshots",
            "storage_api_volume_rename",
            "storage_api_local_volume_handling",
            "storage_volume_state",
            "projects",
            "proxy_unix_dac_properties",
            "projects_limits",
            "projects_restrictions",
            "projects_limits_instances",
            "project_usage",
            "instances",
            "image_types",
            "virtual-machines",
            "api_filtering",
            "storage_volume_api_filtering",
            "instance_all_projects",
            "instance_get_full",
            "network_leases",
            "certificate_project",
            "certificate_token",
            "custom_block_volumes",
            "storage_shifted",
            "usedby_consistency",
            "server_supported_storage_drivers",
            "clustering",
            "clustering_groups",
            "network_type_ovn",
            "disk_state_quota");

    private final State state;
    private final Trust trust;

    ServerApi(State state, Trust trust) {
        this.state = state;
        this.trust = trust;
    }

    void register(Router router) {
        router.add("GET", "/", request -> Reply.sync(List.of("/1.0")));
        router.add("GET", "/1.0", this::get);
        router.add("PUT", "/1.0", request -> update(request, true));
        router.add("PATCH", "/1.0", request -> update(request, false));
    }

    private Reply get(Request request) {
        boolean trusted = trust.isTrusted(request.peer());
        Set<String> extensions = new TreeSet<>(EXTENSIONS);
        extensions.addAll(state.dialect.ownExtensions());
        Map<String, Object> server = JsonObject.of("api_extensions", List.copyOf(extensions))
                .and("api_status", "stable")
                .and("api_version", "1.0")
                .and("auth", trusted ? "trusted" : "untrusted")
                .and("public", false)
                .and("auth_methods", List.of("tls"));
        if (trusted) {
            state.dialect.addUser(server, request.peer());
            server.put("config", state.serverConfig);
            server.put("environment", environment(request.project()));
        }
        return Reply.sync(server).etag(Json.etag(state.serverConfig));
    }

    private Map<String, Object> environment(String project) {
        Set<String> drivers = new TreeSet<>();
        state.pools.values().forEach(pool -> drivers.add(pool.driver));
        List<Object> supported = new ArrayList<>();
        for (String driver : drivers) {
            supported.add(JsonObject.of("Name", driver).and("Version", "1").and("Remote", driver.equals("ceph")));
        }
        return JsonObject.of("addresses", List.of())
                .and("architectures", List.of("x86_64", "i686"))
                .and("certificate", "")
                .and("certificate_fingerprint", "")
                .and("driver", state.virtualMachines ? "lxc | qemu" : "lxc")
                .and("driver_version", state.virtualMachines ? "5.0.2 | 8.2.1" : "5.0.2")
                .and("firewall", "nftables")
                .and("kernel", "Linux")
                .and("kernel_architecture", "x86_64")
                .and("kernel_version", "6.1.0-fake")
                .and("os_name", "FakeLxd")
                .and("os_version", "1")
                .and("project", project)
                .and("server", state.dialect.server())
                .and("server_clustered", false)
                .and("server_event_mode", "full-mesh")
                .and("server_name", "fake")
                .and("server_pid", ProcessHandle.current().pid())
                .and("server_version", state.dialect.version())
                .and("storage", String.join(" | ", drivers))
                .and("storage_version", "1")
                .and("storage_supported_drivers", supported);
    }

    private Reply update(Request request, boolean replace) {
        request.checkEtag(Json.etag(state.serverConfig));
        Map<String, String> changes = Json.strings(request.json(), "config");
        changes.forEach((key, value) -> {
            if (!key.startsWith("core.") && !key.startsWith("images.") && !key.startsWith("user.")) {
                throw ApiError.badRequest("cannot set '" + key + "' to '" + value + "': unknown key");
            }
        });
        Map<String, String> config = Configs.merged(replace ? Map.of() : new TreeMap<>(state.serverConfig), changes);
        state.serverConfig.clear();
        state.serverConfig.putAll(config);
        return Reply.done();
    }
}
