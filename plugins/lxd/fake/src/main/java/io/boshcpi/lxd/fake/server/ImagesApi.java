package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.JsonObject;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.State;
import java.io.IOException;
import java.util.List;

/** {@code /1.0/images}. */
final class ImagesApi extends ApiPart {
    private static final String NEVER = "0001-01-01T00:00:00Z";

    ImagesApi(State state, Operations operations) {
        super(state, operations);
    }

    @Override
    void register(Router router) {
        router.add("GET", "/1.0/images", this::list);
        router.addUnlocked("POST", "/1.0/images", this::upload);
        router.add("GET", "/1.0/images/{fingerprint}", this::get);
        router.add("PATCH", "/1.0/images/{fingerprint}", this::patch);
        router.add("DELETE", "/1.0/images/{fingerprint}", this::delete);
    }

    /** Where the images of the request's project are. */
    private String home(Request request) {
        state.project(request.project(), "Check if project has images: fetch project: ");
        return state.home(request.project(), "images");
    }

    private Model.Image find(Request request, String otherwise) {
        Model.Image image = state.image(request.project(), request.name("fingerprint"));
        if (image == null) {
            throw ApiError.notFound(otherwise);
        }
        return image;
    }

    private Model.Image find(Request request) {
        home(request);
        return find(request, "Image not found");
    }

    private JsonObject json(Model.Image image, String project) {
        JsonObject json = JsonObject.of("auto_update", false)
                .and("properties", image.properties())
                .and("public", false)
                .and("expires_at", dialect.choose("1970-01-01T00:00:00Z", NEVER))
                .and("profiles", List.of("default"))
                .and("aliases", state.aliasesOf(image.fingerprint()))
                .and("architecture", image.architecture())
                .and("cached", false)
                .and("filename", image.filename())
                .and("fingerprint", image.fingerprint())
                .and("size", image.size())
                .and("type", image.type())
                .and("last_used_at", NEVER)
                .and("uploaded_at", image.uploadedAt());
        return withProject(json, project);
    }

    private Reply list(Request request) {
        String home = home(request);
        return Reply.sync(
                state.images.of(home).stream().map(image -> json(image, home)).toList());
    }

    /** The body is read before the state is locked: others go on while an image is on its way. */
    private Reply upload(Request request) {
        synchronized (state) {
            state.project(request.project(), "Fetch project database object: ");
        }
        Operations.Work work;
        try {
            Model.Image image = new ImageUpload(request, dialect).read();
            work = operation -> add(request.project(), image, operation);
        } catch (ApiError e) {
            work = operation -> {
                throw e;
            };
        } catch (IOException e) {
            work = operation -> {
                throw ApiError.internal(String.valueOf(e.getMessage()));
            };
        }
        return operations.submit(request.project(), "Downloading image", null, work);
    }

    private void add(String project, Model.Image image, Operation operation) {
        operation.metadata(JsonObject.of("fingerprint", image.fingerprint()).and("size", Long.toString(image.size())));
        if (state.image(project, image.fingerprint()) != null) {
            throw ApiError.internal("Image with same fingerprint already exists");
        }
        state.images.put(state.home(project, "images"), image.fingerprint(), image);
    }

    private Reply get(Request request) {
        if (dialect == Dialect.LXD) {
            home(request);
        }
        String fingerprint = request.name("fingerprint");
        Model.Image image = find(request, dialect.choose("Image not found", "Image \"" + fingerprint + "\" not found"));
        return Reply.sync(json(image, state.home(request.project(), "images")));
    }

    private Reply patch(Request request) {
        Model.Image image = find(request);
        Model.Image changed =
                image.withProperties(Json.merged(image.properties(), Json.strings(request.json(), "properties")));
        state.images.put(home(request), image.fingerprint(), changed);
        return Reply.done();
    }

    /** An image in use can be deleted; its instances go on. */
    private Reply delete(Request request) {
        Model.Image image = find(request);
        String home = home(request);
        return operations.submit(
                request.project(),
                "Deleting image",
                JsonObject.of("images", List.of("/1.0/images/" + image.fingerprint())),
                operation -> state.images.remove(home, image.fingerprint()));
    }
}
