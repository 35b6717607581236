package io.boshcpi.lxd.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code /1.0/images/aliases}. */
final class AliasesApi {
    private final State state;

    AliasesApi(State state) {
        this.state = state;
    }

    /** To be registered before the images, whose template matches these paths too. */
    void register(Router router) {
        router.add("GET", "/1.0/images/aliases", this::list);
        router.add("POST", "/1.0/images/aliases", this::create);
        router.add("GET", "/1.0/images/aliases/{name}", this::get);
        router.add("PUT", "/1.0/images/aliases/{name}", this::update);
        router.add("PATCH", "/1.0/images/aliases/{name}", this::update);
        router.add("DELETE", "/1.0/images/aliases/{name}", this::delete);
    }

    private void checkProject(Request request) {
        state.project(request.project(), "Check if project has images: fetch project: ");
    }

    private Model.Alias find(Request request) {
        checkProject(request);
        Model.Alias alias = state.alias(request.project(), request.name("name"));
        if (alias == null) {
            throw ApiError.notFound("Image alias not found");
        }
        return alias;
    }

    private Map<String, Object> json(Model.Alias alias) {
        Model.Image image = state.image(alias.project, alias.target);
        return JsonObject.of("description", alias.description)
                .and("target", alias.target)
                .and("name", alias.name)
                .and("type", image == null ? "container" : image.type);
    }

    private Reply list(Request request) {
        checkProject(request);
        List<Object> found = new ArrayList<>();
        for (Model.Alias alias : state.aliases(request.project())) {
            found.add(
                    request.recursion() > 0
                            ? json(alias)
                            : "/1.0/images/aliases/" + alias.name + Urls.projectSuffix(alias.project));
        }
        return Reply.sync(found);
    }

    private Reply create(Request request) {
        checkProject(request);
        Map<String, Object> body = request.json();
        String name = Json.text(body, "name", "");
        if (state.alias(request.project(), name) != null) {
            throw ApiError.conflict("Alias \"" + name + "\" already exists");
        }
        state.put(new Model.Alias(
                name,
                state.home(request.project(), "images"),
                target(request, body),
                Json.text(body, "description", "")));
        return Reply.created("/1.0/images/aliases/" + name);
    }

    private String target(Request request, Map<String, Object> body) {
        Model.Image image = state.image(request.project(), Json.text(body, "target", ""));
        if (image == null) {
            throw ApiError.notFound("Image not found");
        }
        return image.fingerprint;
    }

    private Reply get(Request request) {
        Model.Alias alias = find(request);
        return Reply.sync(json(alias)).etag(Json.etag(alias.name, alias.target, alias.description));
    }

    private Reply update(Request request) {
        Model.Alias alias = find(request);
        Map<String, Object> body = request.json();
        if (body.containsKey("target")) {
            alias.target = target(request, body);
        }
        alias.description = Json.text(body, "description", alias.description);
        return Reply.done();
    }

    private Reply delete(Request request) {
        state.remove(find(request));
        return Reply.done();
    }
}
