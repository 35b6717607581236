package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.model.Bytes;
import io.boshcpi.lxd.client.model.Image;
import io.boshcpi.lxd.client.session.ImageUpload;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.client.session.UploadedImage;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.StemcellImage;
import io.boshcpi.spi.Stemcells;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stemcells as images. The file goes to the server as it is; its fingerprint is what the CID is made of.
 *
 * <p>Several Directors may use one image: each leaves a mark of its own on it, and the last one to delete it does.
 */
final class LxdStemcells implements Stemcells {
    private static final Logger LOG = LoggerFactory.getLogger(LxdStemcells.class);

    private static final String NAME = "user.bosh.name";
    private static final String VERSION = "user.bosh.version";
    private static final String BYTES = "user.bosh.bytes";
    /** Followed by a Director's UUID: that Director uses the image. */
    private static final String USED_BY = "user.bosh.used_by.";

    private final LxdCloud cloud;

    LxdStemcells(LxdCloud cloud) {
        this.cloud = cloud;
    }

    @Override
    public StemcellCid create(Call call, StemcellImage image) {
        try {
            LxdSession lxd = cloud.session(call);
            Optional<String> named = image.properties().string("image_fingerprint");
            return named.isPresent() ? light(lxd, named.get()) : uploaded(call, lxd, image);
        } catch (LxdException e) {
            throw Errors.of(e);
        } catch (IOException e) {
            throw new CpiException(
                    ErrorType.CPI_ERROR,
                    "The stemcell's image " + image.path() + " cannot be read: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void delete(Call call, StemcellCid stemcell) {
        if (!StemcellName.isUploaded(stemcell)) {
            return;
        }
        try {
            LxdSession lxd = cloud.session(call);
            String fingerprint = StemcellName.fingerprint(stemcell);
            Optional<Image> image = lxd.images().find(fingerprint);
            if (image.isPresent() && !keepForOthers(call, lxd, image.get())) {
                lxd.images().delete(fingerprint);
            }
        } catch (LxdException e) {
            throw Errors.of(e);
        }
    }

    /** An image that the server has already, and that is not the CPI's to delete. */
    private static StemcellCid light(LxdSession lxd, String fingerprint) {
        if (lxd.images().find(fingerprint).isEmpty()) {
            throw new CpiException(
                    ErrorType.CLOUD_ERROR,
                    "The light stemcell's image_fingerprint " + fingerprint + " names no image in the project "
                            + lxd.project());
        }
        return StemcellName.light(fingerprint);
    }

    private StemcellCid uploaded(Call call, LxdSession lxd, StemcellImage image) throws IOException {
        refuseDiskImage(image.properties());
        long bytes = Files.size(image.path());
        if (bytes == 0) {
            throw CpiException.badRequest("The stemcell's image is empty, and its cloud properties have no"
                    + " image_fingerprint, which a light stemcell needs");
        }
        byte[] metadata =
                MetadataTarball.of(image.properties().string("architecture").orElse("x86_64"));
        Map<String, String> identity = identity(image.properties(), bytes);
        Map<String, String> marks = marks(call, image, identity);
        ImageUpload upload = new ImageUpload(
                ImageUpload.Kind.CONTAINER, Bytes.of(metadata), image.path(), marks, new LoggedProgress());
        Optional<String> known = sameOnServer(lxd, identity, upload);
        if (known.isPresent()) {
            lxd.images().patchProperties(known.get(), marks);
            return StemcellName.uploaded(known.get());
        }
        UploadedImage uploaded = lxd.images().upload(upload);
        if (uploaded.wasThere()) {
            lxd.images().patchProperties(uploaded.fingerprint(), marks);
        }
        return StemcellName.uploaded(uploaded.fingerprint());
    }

    private static void refuseDiskImage(PropertyTree properties) {
        String format = properties.string("disk_format").orElse("");
        if (format.equals("qcow2") || format.equals("raw")) {
            throw CpiException.badRequest("The stemcell is a disk image (" + properties.pathOf("disk_format") + " is "
                    + format + "); this CPI makes containers, from warden stemcells");
        }
    }

    /**
     * The fingerprint of the same image if it was uploaded before. Only if one has the same name, version and size is the
     * file read for its fingerprint: that would cost a first upload half its speed.
     */
    private static Optional<String> sameOnServer(LxdSession lxd, Map<String, String> identity, ImageUpload upload)
            throws IOException {
        for (Image candidate : lxd.images().list()) {
            if (candidate.properties().entrySet().containsAll(identity.entrySet())) {
                return lxd.images().find(upload.fingerprint()).map(Image::fingerprint);
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> identity(PropertyTree properties, long bytes) {
        Map<String, String> identity = new TreeMap<>();
        identity.put(NAME, properties.string("name").orElse(""));
        identity.put(VERSION, properties.string("version").orElse(""));
        identity.put(BYTES, String.valueOf(bytes));
        identity.values().removeIf(String::isEmpty);
        return identity;
    }

    private Map<String, String> marks(Call call, StemcellImage image, Map<String, String> identity) {
        Map<String, String> marks = new TreeMap<>(identity);
        marks.put(Tags.KIND, Tags.KIND_STEMCELL);
        marks.put(Tags.CREATED_AT, cloud.now());
        marks.putAll(Tags.ofMetadata(image.tags()));
        call.directorUuid().ifPresent(uuid -> marks.put(USED_BY + uuid, "true"));
        String name = identity.getOrDefault(NAME, "BOSH stemcell");
        marks.put("description", (name + " " + identity.getOrDefault(VERSION, "")).trim());
        return marks;
    }

    /** Whether a Director uses the image with those properties. */
    static boolean hasUser(Map<String, String> properties) {
        for (String property : properties.keySet()) {
            if (property.startsWith(USED_BY)) {
                return true;
            }
        }
        return false;
    }

    /** Takes this Director's mark from the image, and tells whether another Director's remains. */
    private static boolean keepForOthers(Call call, LxdSession lxd, Image image) {
        if (!Tags.KIND_STEMCELL.equals(image.properties().get(Tags.KIND))) {
            LOG.warn("The image {} is not marked as a stemcell of this CPI and stays", image.fingerprint());
            return true;
        }
        String own = USED_BY + call.directorUuid().orElse("");
        for (String property : image.properties().keySet()) {
            if (property.startsWith(USED_BY) && !property.equals(own)) {
                lxd.images().patchProperties(image.fingerprint(), Map.of(own, ""));
                LOG.info("The image {} stays: another Director uses it", image.fingerprint());
                return true;
            }
        }
        return false;
    }
}
