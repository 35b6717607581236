package io.boshcpi.lxd.client;

import io.boshcpi.json.Json;
import io.boshcpi.lxd.client.LxdException.Kind;
import io.boshcpi.lxd.client.LxdException.Subject;
import io.boshcpi.lxd.client.model.Image;
import io.boshcpi.lxd.client.model.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Images of a project. */
public final class Images {
    private static final List<String> REPLACEABLE = List.of("public", "auto_update", "profiles", "expires_at");

    /** How long the server may take to store an image after its last byte arrived and the connection broke. */
    private static final long STORING_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final Rest rest;

    Images(Rest rest) {
        this.rest = rest;
    }

    /**
     * The image, with its version, or empty. On Incus it is empty as well if the project is missing.
     *
     * @param fingerprint all 64 digits, or so many of the first that only one image has them
     */
    public Optional<Image> find(String fingerprint) {
        ApiReply reply = rest.find(url(fingerprint), Subject.IMAGE);
        return reply == null ? Optional.empty() : Optional.of(Image.of(reply.object(), reply.etag()));
    }

    /** All images. */
    public List<Image> list() {
        return list(null);
    }

    /**
     * Those that match.
     *
     * @param filter in the server's language, where a value is a regular expression that ignores case:
     *     {@code "properties.os eq debian"}; null for all
     */
    public List<Image> list(@Nullable String filter) {
        List<Image> images = new ArrayList<>();
        for (Object json : rest.get(Url.of("/1.0/images").with("recursion", "1").withIf("filter", filter))
                .list()) {
            images.add(Image.of(Json.members(json), ""));
        }
        return images;
    }

    /**
     * Uploads an image and waits until the server has stored it. The root file system is streamed. An image with the same
     * content that the server has already is success, and keeps its old properties.
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

    /** Replaces all properties, unless the image has changed since it was found: then {@link LxdException.Kind#BUSY}. */
    public void replaceProperties(Image found, Map<String, String> properties) {
        Map<String, Object> body = new LinkedHashMap<>();
        for (String key : REPLACEABLE) {
            if (found.document().containsKey(key)) {
                body.put(key, found.document().get(key));
            }
        }
        body.put("properties", properties);
        rest.finish(rest.send(Request.put(url(found.fingerprint()), body).ifMatch(found.version())), () -> true);
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
            throw SplitImageBody.unreadable(body.failure());
        }
        boolean there = failure.is(Kind.ALREADY_EXISTS);
        boolean lost = failure.is(Kind.OUTCOME_UNKNOWN) && body.isComplete();
        if ((there || lost) && appears(body)) {
            return new UploadedImage(body.fingerprint(), there);
        }
        throw failure;
    }

    /** Looks until the image shows up, which it does only when the server has stored it. */
    private boolean appears(SplitImageBody body) {
        Pauses pauses = Pauses.until(Math.min(rest.deadlineNanos(), System.nanoTime() + STORING_NANOS));
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
