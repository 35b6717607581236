package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.model.JsonObject;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.State;
import io.boshcpi.lxd.fake.model.Urls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a server has from its start: itself, certificates, the empty profile of each project, and storage pools. */
final class ServerApi extends ApiPart {
    /** Those that the client and the provider ask for; the real servers list some three hundred. */
    private static final List<String> EXTENSIONS = List.of(
            "storage",
            "projects",
            "file_symlinks",
            "proxy_unix_dac_properties",
            "storage_api_volume_snapshots",
            "storage_api_local_volume_handling",
            "projects_restrictions");

    /** Stands for the cluster's PEM. */
    static final String CERTIFICATE = "the cluster's certificate";

    private final Trust trust;

    ServerApi(State state, Operations operations, Trust trust) {
        super(state, operations);
        this.trust = trust;
    }

    @Override
    void register(Router router) {
        router.add("GET", "/1.0", this::server);
        router.add("GET", "/1.0/certificates/{fingerprint}", this::certificate);
        router.add("GET", "/1.0/profiles/{name}", this::profile);
        router.add("GET", "/1.0/cluster/members", this::members);
        router.add("GET", "/1.0/cluster/members/{member}", this::member);
        router.add("GET", "/1.0/storage-pools", this::pools);
        router.add("GET", "/1.0/storage-pools/{pool}", this::describePool);
        router.add("GET", "/1.0/storage-pools/{pool}/resources", this::resources);
    }

    private Reply server(Request request) {
        boolean trusted = trust.isTrusted(request.peer());
        JsonObject server =
                JsonObject.of("api_extensions", extensions()).and("auth", trusted ? "trusted" : "untrusted");
        JsonObject environment = JsonObject.of("driver", "lxc | qemu")
                .and("server", dialect.server())
                .and("server_clustered", state.cluster.exists())
                .and("server_version", dialect.version());
        if (state.cluster.exists()) {
            environment.and("certificate", CERTIFICATE);
        }
        return Reply.sync(trusted ? server.and("environment", environment) : server);
    }

    private List<String> extensions() {
        List<String> extensions = new ArrayList<>(EXTENSIONS);
        if (dialect == Dialect.INCUS) {
            extensions.add("cluster_internal_custom_volume_copy");
        }
        return extensions;
    }

    private Reply certificate(Request request) {
        Model.Certificate certificate = state.certificates.get(request.name("fingerprint"));
        if (certificate == null) {
            throw ApiError.notFound("Certificate not found");
        }
        return Reply.sync(JsonObject.of("name", "test")
                .and("restricted", certificate.restricted())
                .and("projects", certificate.projects()));
    }

    private Reply profile(Request request) {
        project(request);
        if (!request.name("name").equals("default")) {
            throw ApiError.notFound("Fetch profile: Profile not found");
        }
        String home = state.home(request.project(), "profiles");
        String ofProject = home.equals("default") ? "" : " for project " + home;
        JsonObject profile = JsonObject.of("config", Map.of())
                .and("description", "Default " + dialect.choose("LXD", "Incus") + " profile" + ofProject)
                .and("devices", Map.of())
                .and("name", "default")
                .and("used_by", List.of());
        return Reply.sync(withProject(profile, home));
    }

    private Reply members(Request request) {
        state.cluster.groups(state.cluster.locations().get(0));
        return Reply.sync(state.cluster.locations().stream().map(this::member).toList());
    }

    private Reply member(Request request) {
        return Reply.sync(member(request.name("member")));
    }

    private JsonObject member(String name) {
        return JsonObject.of("server_name", name)
                .and("url", Urls.member(name))
                .and("groups", state.cluster.groups(name))
                .and("status", state.cluster.status(name))
                .and(
                        "message",
                        state.cluster.status(name).equals("Online") ? "Fully operational" : "No heartbeat for 25s");
    }

    private Reply pools(Request request) {
        return Reply.sync(state.pools.keySet().stream()
                .map(name -> "/1.0/storage-pools/" + name)
                .toList());
    }

    private Reply describePool(Request request) {
        Model.Pool pool = pool(request);
        return Reply.sync(JsonObject.of("config", trust.isRestricted(request.peer()) ? null : Map.of())
                .and("name", pool.name())
                .and("driver", pool.driver())
                .and("locations", state.cluster.locations())
                .and("status", "Created"));
    }

    private Reply resources(Request request) {
        Model.Pool pool = pool(request);
        return Reply.sync(
                JsonObject.of("space", JsonObject.of("used", pool.usedBytes()).and("total", pool.totalBytes())));
    }
}
