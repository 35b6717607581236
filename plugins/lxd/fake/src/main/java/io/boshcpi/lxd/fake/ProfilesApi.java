package io.boshcpi.lxd.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code /1.0/profiles}. */
final class ProfilesApi {
    private final State state;

    ProfilesApi(State state) {
        this.state = state;
    }

    void register(Router router) {
        router.add("GET", "/1.0/profiles", this::list);
        router.add("POST", "/1.0/profiles", this::create);
        router.add("GET", "/1.0/profiles/{name}", this::get);
        router.add("PUT", "/1.0/profiles/{name}", request -> update(request, true));
        router.add("PATCH", "/1.0/profiles/{name}", request -> update(request, false));
        router.add("DELETE", "/1.0/profiles/{name}", this::delete);
    }

    private Model.Profile find(Request request) {
        state.project(request.project(), "Failed loading project \"" + request.project() + "\": ");
        Model.Profile profile = state.profile(request.project(), request.name("name"));
        if (profile == null) {
            throw ApiError.notFound("Fetch profile: Profile not found");
        }
        return profile;
    }

    private Map<String, Object> json(Model.Profile profile) {
        return state.dialect.withProject(
                JsonObject.of("config", profile.config)
                        .and("description", profile.description)
                        .and("devices", profile.devices)
                        .and("name", profile.name)
                        .and("used_by", users(profile)),
                profile.project);
    }

    private List<String> users(Model.Profile profile) {
        List<String> users = new ArrayList<>();
        for (Instance instance : state.allInstances()) {
            if (instance.profiles.contains(profile.name)
                    && state.home(instance.project, "profiles").equals(profile.project)) {
                users.add(Urls.instance(instance.name, instance.project));
            }
        }
        return users;
    }

    private Reply list(Request request) {
        List<Object> found = new ArrayList<>();
        for (Model.Profile profile : state.profiles(request.project())) {
            found.add(
                    request.recursion() > 0
                            ? json(profile)
                            : "/1.0/profiles/" + profile.name + Urls.projectSuffix(profile.project));
        }
        return Reply.sync(found);
    }

    private Reply create(Request request) {
        state.project(request.project(), "Failed loading project \"" + request.project() + "\": ");
        Map<String, Object> body = request.json();
        String name = Json.text(body, "name", "");
        if (name.isEmpty()) {
            throw ApiError.badRequest("No name provided");
        }
        if (state.profile(request.project(), name) != null) {
            throw ApiError.internal("Error inserting \"" + name + "\" into database: The profile already exists");
        }
        Model.Profile profile = new Model.Profile(name, state.home(request.project(), "profiles"));
        fill(profile, body);
        state.put(profile);
        return Reply.created("/1.0/profiles/" + name);
    }

    private static void fill(Model.Profile profile, Map<String, Object> body) {
        profile.description = Json.text(body, "description", "");
        profile.config = new TreeMap<>(Json.strings(body, "config"));
        profile.devices = Json.devices(body);
    }

    private static String etag(Model.Profile profile) {
        return Json.etag(profile.config, profile.description, profile.devices);
    }

    private Reply get(Request request) {
        Model.Profile profile = find(request);
        return Reply.sync(json(profile)).etag(etag(profile));
    }

    private Reply update(Request request, boolean replace) {
        Model.Profile profile = find(request);
        request.checkEtag(etag(profile));
        Map<String, Object> body = request.json();
        if (replace) {
            fill(profile, body);
        } else {
            profile.config = Configs.merged(profile.config, Json.strings(body, "config"));
            profile.devices.putAll(Json.devices(body));
            profile.description = Json.text(body, "description", profile.description);
        }
        state.allInstances().forEach(state::expand);
        return Reply.done();
    }

    private Reply delete(Request request) {
        Model.Profile profile = find(request);
        if (profile.name.equals("default")) {
            throw new ApiError(403, "The 'default' profile cannot be deleted");
        }
        if (!users(profile).isEmpty()) {
            throw ApiError.badRequest("Profile is currently in use");
        }
        state.remove(profile);
        return Reply.done();
    }
}
