package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.JsonObject;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.State;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code /1.0/projects}. */
public final class ProjectsApi {
    private static final Set<String> LIMITS =
            Set.of("containers", "cpu", "disk", "instances", "memory", "networks", "processes", "virtual-machines");

    private final State state;

    public ProjectsApi(State state) {
        this.state = state;
    }

    public void register(Router router) {
        router.add("POST", "/1.0/projects", this::create);
        router.add("GET", "/1.0/projects/{name}", this::get);
        router.add("DELETE", "/1.0/projects/{name}", this::delete);
    }

    private Model.Project find(Request request) {
        return state.project(request.name("name"), "");
    }

    private Map<String, Object> json(Model.Project project) {
        return JsonObject.of("config", project.config)
                .and("description", "")
                .and("name", project.name)
                .and("used_by", state.usersOfProject(project.name));
    }

    private Reply create(Request request) {
        Map<String, Object> body = request.json();
        String name = Json.text(body, "name", "");
        checkName(name);
        if (state.projects.containsKey(name)) {
            throw state.dialect.projectExists(name);
        }
        Map<String, String> config = new TreeMap<>(state.dialect.projectFeatures());
        config.putAll(checked(Json.strings(body, "config")));
        Model.Project project = new Model.Project(name, config);
        state.projects.put(name, project);
        return Reply.created("/1.0/projects/" + name);
    }

    private static void checkName(String name) {
        if (name.isEmpty()) {
            throw ApiError.badRequest("No name provided");
        }
        if (name.contains("/")) {
            throw ApiError.badRequest("Project names may not contain slashes");
        }
        if (name.contains(" ")) {
            throw ApiError.badRequest("Project names may not contain spaces");
        }
    }

    private static Map<String, String> checked(Map<String, String> config) {
        for (String key : config.keySet()) {
            boolean known = key.startsWith("features.")
                    || key.startsWith("user.")
                    || key.equals("restricted")
                    || key.startsWith("restricted.")
                    || key.startsWith("backups.")
                    || key.startsWith("images.")
                    || (key.startsWith("limits.") && LIMITS.contains(key.substring("limits.".length())));
            if (!known) {
                throw ApiError.badRequest("Invalid project configuration key \"" + key + "\"");
            }
        }
        return config;
    }

    private Reply get(Request request) {
        Model.Project project = find(request);
        return Reply.sync(json(project));
    }

    /**
     * Profiles do not count as content and go with the project. In LXD 5.0.2 volumes do not either: it forgets them and
     * leaves their data behind.
     */
    private Reply delete(Request request) {
        String name = request.name("name");
        if (name.equals("default")) {
            throw new ApiError(403, "The 'default' project cannot be deleted");
        }
        state.project(name, "Fetch project \"" + name + "\": ");
        for (String user : state.usersOfProject(name)) {
            if (state.dialect.keepsProject(user)) {
                throw ApiError.internal(state.dialect.projectNotEmpty());
            }
        }
        state.pools.values().forEach(pool -> pool.volumes.values().removeIf(volume -> volume.project.equals(name)));
        state.projects.remove(name);
        return Reply.done();
    }
}
