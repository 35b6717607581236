package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.JsonObject;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.State;
import java.util.Map;

/** {@code /1.0/projects}. */
final class ProjectsApi extends ApiPart {
    ProjectsApi(State state, Operations operations) {
        super(state, operations);
    }

    @Override
    void register(Router router) {
        router.add("POST", "/1.0/projects", this::create);
        router.add("GET", "/1.0/projects/{name}", this::get);
        router.add("DELETE", "/1.0/projects/{name}", this::delete);
    }

    private Reply create(Request request) {
        Map<String, Object> body = request.json();
        String name = Json.text(body, "name", "");
        if (state.projects.containsKey(name)) {
            String prefix = "Failed creating project \"" + name + "\": Failed adding database record: ";
            throw dialect.choose(
                    ApiError.conflict(prefix + "This \"projects\" entry already exists"),
                    ApiError.internal(
                            prefix + "Failed to create \"projects\" entry: UNIQUE constraint failed: projects.name"));
        }
        state.addProject(name, Json.strings(body, "config"));
        return Reply.created();
    }

    private Reply get(Request request) {
        Model.Project project = state.project(request.name("name"), "");
        return Reply.sync(JsonObject.of("config", project.config())
                .and("description", "")
                .and("name", project.name())
                .and("used_by", state.contents(project.name())));
    }

    /**
     * Profiles do not count as content and go with the project. In LXD 5.0.2 volumes do not either: it forgets them and
     * leaves their data behind.
     */
    private Reply delete(Request request) {
        String name = request.name("name");
        state.project(name, "Fetch project \"" + name + "\": ");
        for (String url : state.contents(name)) {
            boolean forgotten = url.startsWith("/1.0/profiles/")
                    || (url.startsWith("/1.0/storage-pools/") && dialect == Dialect.LXD);
            if (!forgotten) {
                throw ApiError.internal("Only empty projects can be removed" + dialect.choose("", "."));
            }
        }
        state.pools.values().forEach(pool -> pool.volumes().removeAll(name));
        state.projects.remove(name);
        return Reply.done();
    }
}
