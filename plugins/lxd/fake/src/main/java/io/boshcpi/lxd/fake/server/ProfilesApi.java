package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.JsonObject;
import io.boshcpi.lxd.fake.model.State;
import java.util.List;
import java.util.Map;

/** {@code /1.0/profiles}: only the empty one that each project has from the start; none can be made. */
public final class ProfilesApi {
    private final State state;

    public ProfilesApi(State state) {
        this.state = state;
    }

    public void register(Router router) {
        router.add("GET", "/1.0/profiles/{name}", this::get);
    }

    private Reply get(Request request) {
        state.project(request.project(), "Failed loading project \"" + request.project() + "\": ");
        if (!State.hasProfile(request.name("name"))) {
            throw ApiError.notFound("Fetch profile: Profile not found");
        }
        String home = state.home(request.project(), "profiles");
        String ofProject = home.equals("default") ? "" : " for project " + home;
        return Reply.sync(state.dialect.withProject(
                JsonObject.of("config", Map.of())
                        .and("description", "Default " + state.dialect.title() + " profile" + ofProject)
                        .and("devices", Map.of())
                        .and("name", "default")
                        .and("used_by", List.of()),
                home));
    }
}
