package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Configs;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.JsonObject;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.ParsedImage;
import io.boshcpi.lxd.fake.model.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code /1.0/images}. */
public final class ImagesApi {
    private final State state;
    private final Operations operations;

    public ImagesApi(State state, Operations operations) {
        this.state = state;
        this.operations = operations;
    }

    public void register(Router router) {
        router.add("GET", "/1.0/images", this::list);
        router.add("POST", "/1.0/images", Router.Kind.STREAMING, this::upload);
        router.add("GET", "/1.0/images/{fingerprint}", this::get);
        router.add("PATCH", "/1.0/images/{fingerprint}", this::patch);
        router.add("DELETE", "/1.0/images/{fingerprint}", this::delete);
    }

    private void checkProject(Request request) {
        state.project(request.project(), "Check if project has images: fetch project: ");
    }

    private Model.Image find(Request request, ApiError otherwise) {
        Model.Image image = state.image(request.project(), request.name("fingerprint"));
        if (image == null) {
            throw otherwise;
        }
        return image;
    }

    private Model.Image find(Request request) {
        checkProject(request);
        return find(request, ApiError.notFound("Image not found"));
    }

    private Map<String, Object> json(Model.Image image) {
        return state.dialect.withProject(
                JsonObject.of("auto_update", false)
                        .and("properties", image.properties)
                        .and("public", false)
                        .and("expires_at", state.dialect.imageNeverExpires())
                        .and("profiles", List.of("default"))
                        .and("aliases", List.of())
                        .and("architecture", image.architecture)
                        .and("cached", false)
                        .and("filename", image.filename)
                        .and("fingerprint", image.fingerprint)
                        .and("size", image.size)
                        .and("type", image.type)
                        .and("created_at", image.createdAt)
                        .and("last_used_at", image.lastUsedAt)
                        .and("uploaded_at", image.uploadedAt),
                image.project);
    }

    private Reply list(Request request) {
        checkProject(request);
        List<Object> found = new ArrayList<>();
        state.images(request.project()).forEach(image -> found.add(json(image)));
        return Reply.sync(found);
    }

    /** The body is read before the state is locked: others go on while an image is on its way. */
    private Reply upload(Request request) {
        synchronized (state) {
            state.project(request.project(), "Fetch project database object: ");
        }
        try {
            ParsedImage parsed = new ImageUpload(request, state.dialect).read();
            return submit(request, operation -> add(request.project(), parsed, operation));
        } catch (ApiError e) {
            return submit(request, operation -> {
                throw e;
            });
        } catch (IOException e) {
            return submit(request, operation -> {
                throw ApiError.internal(String.valueOf(e.getMessage()));
            });
        }
    }

    private Reply submit(Request request, Operations.Work work) {
        return operations.submit(request.project(), "Downloading image", null, work);
    }

    private void add(String project, ParsedImage parsed, Operation operation) {
        operation.metadata(
                JsonObject.of("fingerprint", parsed.fingerprint()).and("size", Long.toString(parsed.size())));
        if (state.image(project, parsed.fingerprint()) != null) {
            throw ApiError.internal("Image with same fingerprint already exists");
        }
        state.put(new Model.Image(state.home(project, "images"), parsed, State.now()));
    }

    private static String etag(Model.Image image) {
        return Json.etag(image.properties);
    }

    private Reply get(Request request) {
        ApiError missing = state.dialect.imageNotFoundOnGet(request.name("fingerprint"));
        if (state.dialect == Dialect.LXD) {
            checkProject(request);
        }
        Model.Image image = find(request, missing);
        return Reply.sync(json(image)).etag(etag(image));
    }

    private Reply patch(Request request) {
        Model.Image image = find(request);
        request.checkEtag(etag(image));
        Map<String, Object> body = request.json();
        image.properties = Configs.merged(image.properties, Json.strings(body, "properties"));
        return Reply.done();
    }

    /** An image in use can be deleted; its instances go on. */
    private Reply delete(Request request) {
        Model.Image image = find(request);
        Map<String, Object> resources = JsonObject.of("images", List.of("/1.0/images/" + image.fingerprint));
        return operations.submit(request.project(), "Deleting image", resources, operation -> state.remove(image));
    }
}
