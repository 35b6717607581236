package io.boshcpi.lxd.client.session;

import io.boshcpi.json.Json;
import io.boshcpi.lxd.client.engine.ApiReply;
import io.boshcpi.lxd.client.engine.Dialect;
import io.boshcpi.lxd.client.engine.Names;
import io.boshcpi.lxd.client.engine.Pauses;
import io.boshcpi.lxd.client.engine.Request;
import io.boshcpi.lxd.client.engine.Rest;
import io.boshcpi.lxd.client.engine.Url;
import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.Image;
import io.boshcpi.lxd.client.model.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Images of a project. */
public final class Images {
    /** How long the server may take to store an image whose last byte has arrived when the connection breaks. */
    private static final long STORE_TIMEOUT_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final Rest rest;

    Images(Rest rest) {
        this.rest = rest;
    }

    /**
     * The image, with its version, or empty. On Incus it is empty as well if the project is missing.
     *
     * @param fingerprint all 64 digits, or as many of the first as only one image has
     */
    public Optional<Image> find(String fingerprint) {
        ApiReply reply = rest.find(url(fingerprint), Subject.IMAGE);
        return reply == null ? Optional.empty() : Optional.of(Image.of(reply.object(), reply.etag()));
    }

    /** All images. */
    public List<Image> list() {
        List<Image> images = new ArrayList<>();
        for (Object json :
                rest.get(Url.of("/1.0/images").with("recursion", "1")).list()) {
            images.add(Image.of(Json.members(json), ""));
        }
        return images;
    }

    /**
     * Uploads an image and waits until the server has stored it. The root file system is streamed. If the server has an
     * image with the same content already, that is success, and the image keeps its properties.
     */
    public UploadedImage upload(ImageUpload upload) {
        SplitImageBody body = SplitImageBody.of(upload);
        Map<String, String> headers =
                upload.properties().isEmpty() ? Map.of() : Dialect.header("properties", query(upload.properties()));
        Request request = new Request("POST", Url.of("/1.0/images"), headers, body, false);
        try {
            Operation operation = rest.finish(rest.send(request), () -> isThere(body));
            return new UploadedImage(fingerprint(operation, body), false);
        } catch (LxdException e) {
            return outcome(e, body);
        }
    }

    /** Merges properties; one with an empty value is removed. */
    public void patchProperties(String fingerprint, Map<String, String> properties) {
        rest.finish(rest.send(Request.patch(url(fingerprint), Map.of("properties", properties))), () -> true);
    }

    /**
     * Deletes it; instances made from it stay.
     *
     * @return false if there is none
     */
    public boolean delete(String fingerprint) {
        return rest.delete(url(fingerprint), Subject.IMAGE);
    }

    private UploadedImage outcome(LxdException failure, SplitImageBody body) {
        if (body.failure() != null) {
            throw body.unreadable(body.failure());
        }
        boolean there = failure.is(Kind.ALREADY_EXISTS);
        boolean lost = failure.is(Kind.OUTCOME_UNKNOWN) && body.isComplete();
        if ((there || lost) && appears(body)) {
            return new UploadedImage(body.fingerprint(), there);
        }
        throw failure;
    }

    /** Looks until the image is listed, which happens only once the server has stored it. */
    private boolean appears(SplitImageBody body) {
        Pauses pauses = rest.pausesWithin(STORE_TIMEOUT_NANOS);
        do {
            if (isThere(body)) {
                return true;
            }
        } while (pauses.pause());
        return false;
    }

    private boolean isThere(SplitImageBody body) {
        return find(body.fingerprint()).isPresent();
    }

    private static String fingerprint(Operation operation, SplitImageBody body) {
        return operation.result().get("fingerprint") instanceof String told ? told : body.fingerprint();
    }

    private static String query(Map<String, String> properties) {
        StringBuilder query = new StringBuilder();
        for (Map.Entry<String, String> property : properties.entrySet()) {
            query.append(query.isEmpty() ? "" : "&")
                    .append(Url.encoded(property.getKey()))
                    .append('=')
                    .append(Url.encoded(property.getValue()));
        }
        return query.toString();
    }

    private static Url url(String fingerprint) {
        return Url.of("/1.0/images").child(Names.check("image", fingerprint));
    }
}
