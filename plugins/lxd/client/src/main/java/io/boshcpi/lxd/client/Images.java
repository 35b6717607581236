package io.boshcpi.lxd.client;

import io.boshcpi.lxd.client.LxdException.Subject;
import io.boshcpi.lxd.client.model.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Images of a project. */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class Images {
    private final Rest rest;

    Images(Rest rest) {
        this.rest = rest;
    }

    /** The image, with its version, or empty.
     *
     * @param fingerprint all 64 digits, or so many of the first that only one image has them */
    public Optional<Image> find(String fingerprint) {
        ApiReply reply = rest.find(url(fingerprint), Subject.IMAGE);
        return reply == null ? Optional.empty() : Optional.of(Image.of(reply.object(), reply.etag()));
    }

    /** All images. */
    public List<Image> list() {
        return list(null);
    }

    /** Those that match.
     *
     * @param filter in the server's language: {@code "properties.os eq debian"}; null for all */
    public List<Image> list(@Nullable String filter) {
        List<Image> images = new ArrayList<>();
        for (Object json : rest.get(Url.of("/1.0/images").with("recursion", "1").withIf("filter", filter))
                .list()) {
            images.add(Image.of(Rest.object(json), ""));
        }
        return images;
    }

    /**
     * Uploads an image and waits until the server has stored it. The root file system is streamed. An image with the same
     * content that the server has already is success, and keeps its old properties.
     */
    public UploadedImage upload(ImageUpload upload) {
        throw new UnsupportedOperationException(upload.toString());
    }

    /** Merges properties; one with an empty value is removed. */
    public void patchProperties(String fingerprint, Map<String, String> properties) {
        throw new UnsupportedOperationException(fingerprint + properties);
    }

    /** Replaces all properties, unless the image has changed since it was found: then {@link LxdException.Kind#BUSY}. */
    public void replaceProperties(Image found, Map<String, String> properties) {
        throw new UnsupportedOperationException(found.fingerprint() + properties);
    }

    /**
     * Deletes it; instances made from it stay.
     *
     * @return false if there is none
     */
    public boolean delete(String fingerprint) {
        throw new UnsupportedOperationException(fingerprint);
    }

    private static Url url(String fingerprint) {
        return Url.of("/1.0/images").child(Names.check("image", fingerprint));
    }
}
