package io.boshcpi.lxd.provider.stemcell;

import io.boshcpi.lxd.client.failure.FileFailures;
import io.boshcpi.lxd.client.model.Bytes;
import io.boshcpi.lxd.client.model.Image;
import io.boshcpi.lxd.client.session.ImageFile;
import io.boshcpi.lxd.client.session.ImageUpload;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.client.session.UploadedImage;
import io.boshcpi.lxd.provider.image.DiskImage;
import io.boshcpi.lxd.provider.image.Firmware;
import io.boshcpi.lxd.provider.server.LxdCloud;
import io.boshcpi.lxd.provider.server.Marks;
import io.boshcpi.lxd.provider.server.ServerAction;
import io.boshcpi.lxd.provider.server.ServerTask;
import io.boshcpi.lxd.provider.server.Undo;
import io.boshcpi.lxd.provider.stemcell.StemcellManifest.Content;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
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
 * Stemcells as images. The files of a container are uploaded as they are, the disk of a virtual machine without what it is
 * packed in, and the CID contains the image's fingerprint.
 *
 * <p>Several stemcells may have one image: those of several Directors, and those of other versions or names with the
 * same content. Each puts its own mark on the image, and the last one to remove its mark deletes the image.
 */
public final class LxdStemcells implements Stemcells {
    private static final Logger LOG = LoggerFactory.getLogger(LxdStemcells.class);

    private static final String NAME = "user.bosh.name";
    private static final String VERSION = "user.bosh.version";
    private static final String BYTES = "user.bosh.bytes";
    /**
     * Followed by a Director's UUID, and by a dot and the {@linkplain StemcellName#use use}: a stemcell of that Director
     * has the image. Older marks end with the UUID.
     */
    private static final String USED_BY = "user.bosh.used_by.";

    private final LxdCloud cloud;

    public LxdStemcells(LxdCloud cloud) {
        this.cloud = cloud;
    }

    /** Whether a Director uses the image with those properties. */
    public static boolean isInUse(Map<String, String> imageProperties) {
        for (String property : imageProperties.keySet()) {
            if (property.startsWith(USED_BY)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public StemcellCid create(Call call, StemcellImage image) {
        return cloud.run(call, new ServerTask<>() {
            @Override
            protected StemcellCid run(LxdSession lxd, Undo undo) {
                StemcellManifest manifest = new StemcellManifest(image.properties());
                Optional<LightStemcell> light = LightStemcell.of(manifest);
                return light.isPresent() ? light.get().on(lxd) : uploaded(call, lxd, manifest, image);
            }
        });
    }

    @Override
    public void delete(Call call, StemcellCid stemcell) {
        if (!StemcellName.isUploaded(stemcell)) {
            return;
        }
        String fingerprint = StemcellName.fingerprint(stemcell);
        cloud.run(call, new ServerAction() {
            @Override
            protected void act(LxdSession lxd) {
                Optional<Image> image = lxd.images().find(fingerprint);
                if (image.isPresent() && !keepForOthers(usedBy(call, StemcellName.useOf(stemcell)), lxd, image.get())) {
                    lxd.images().delete(fingerprint);
                }
            }
        });
    }

    private StemcellCid uploaded(Call call, LxdSession lxd, StemcellManifest manifest, StemcellImage image) {
        try {
            return upload(call, lxd, manifest, image);
        } catch (IOException e) {
            throw new CpiException(
                    ErrorType.CPI_ERROR,
                    "The stemcell's image " + image.path() + " cannot be read: " + FileFailures.reason(e),
                    e);
        }
    }

    private StemcellCid upload(Call call, LxdSession lxd, StemcellManifest manifest, StemcellImage image)
            throws IOException {
        Content content = manifest.content();
        long bytes = Files.size(image.path());
        if (bytes == 0) {
            throw CpiException.badRequest("The stemcell's image is empty, and its cloud properties have no"
                    + " image_fingerprint or image_alias, of which a light stemcell needs one");
        }
        byte[] metadata = MetadataTarball.of(manifest.architecture());
        Map<String, String> identity = identity(manifest, bytes);
        String use = StemcellName.use(identity.getOrDefault(NAME, ""), identity.getOrDefault(VERSION, ""));
        Map<String, String> marks = marks(call, use, image, identity);
        Optional<DiskImage> disk = disk(lxd, manifest, content, image);
        if (disk.isPresent()) {
            marks.put(StemcellOnServer.BOOT_MODE, disk.get().bootMode().word());
        }
        ImageUpload upload = new ImageUpload(
                disk.isPresent() ? ImageUpload.Kind.VIRTUAL_MACHINE : ImageUpload.Kind.CONTAINER,
                Bytes.of(metadata),
                disk.isPresent() ? disk.get() : new ImageFile(image.path()),
                marks,
                new UploadLog());
        Optional<String> known = sameOnServer(lxd, identity, upload);
        if (known.isPresent()) {
            lxd.images().patchProperties(known.get(), marks);
            return StemcellName.uploaded(known.get(), use);
        }
        UploadedImage uploaded = lxd.images().upload(upload);
        if (uploaded.wasThere()) {
            lxd.images().patchProperties(uploaded.fingerprint(), marks);
        }
        return StemcellName.uploaded(uploaded.fingerprint(), use);
    }

    /** The disk of a stemcell for virtual machines, which this server can boot; empty if it is one for containers. */
    private static Optional<DiskImage> disk(
            LxdSession lxd, StemcellManifest manifest, Content content, StemcellImage image) throws IOException {
        if (content == Content.FILES) {
            return Optional.empty();
        }
        Optional<DiskImage> disk = DiskImage.in(image.path());
        if (disk.isPresent()) {
            refuseWithoutQemu(lxd);
            Firmware.of(lxd.server()).refuseUnlessBoots(disk.get().bootMode());
        } else if (content == Content.DISK) {
            throw manifest.contradicted("the stemcell's image is no gzipped tar around root.img");
        }
        return disk;
    }

    private static void refuseWithoutQemu(LxdSession lxd) {
        if (!lxd.server().runsVirtualMachines()) {
            throw CpiException.badRequest(
                    "The stemcell is for virtual machines, and this server runs containers alone: it"
                            + " has not found QEMU, /dev/kvm or vhost_vsock. Install what is missing and restart the server, or take"
                            + " a warden stemcell");
        }
    }

    /**
     * The fingerprint of the same image if it was uploaded before. The file is read for its fingerprint only if an
     * image has the same name, version and size: reading it would halve the speed of a first upload.
     */
    private static Optional<String> sameOnServer(LxdSession lxd, Map<String, String> identity, ImageUpload upload)
            throws IOException {
        for (Image candidate : lxd.images().list()) {
            if (candidate.properties().entrySet().containsAll(identity.entrySet())) {
                Optional<Image> same = lxd.images().find(upload.fingerprint());
                return same.isPresent() ? Optional.of(same.get().fingerprint()) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static Map<String, String> identity(StemcellManifest manifest, long bytes) {
        Map<String, String> identity = new TreeMap<>();
        putUnlessEmpty(identity, NAME, manifest.text("name"));
        putUnlessEmpty(identity, VERSION, manifest.text("version"));
        identity.put(BYTES, String.valueOf(bytes));
        return identity;
    }

    private static void putUnlessEmpty(Map<String, String> map, String key, String value) {
        if (!value.isEmpty()) {
            map.put(key, value);
        }
    }

    private Map<String, String> marks(Call call, String use, StemcellImage image, Map<String, String> identity) {
        Map<String, String> marks = new TreeMap<>(identity);
        marks.put(Marks.KIND, Marks.KIND_STEMCELL);
        marks.put(Marks.CREATED_AT, cloud.origin(call).createdAt());
        marks.putAll(Marks.ofMetadata(image.tags()));
        if (call.directorUuid().isPresent()) {
            marks.put(usedBy(call, use), "true");
        }
        String name = identity.getOrDefault(NAME, "BOSH stemcell");
        marks.put("description", (name + " " + identity.getOrDefault(VERSION, "")).trim());
        return marks;
    }

    private static String usedBy(Call call, String use) {
        String director = USED_BY + call.directorUuid().orElse("");
        return use.isEmpty() ? director : director + "." + use;
    }

    /** Removes a stemcell's own mark from the image if another's remains, and tells whether one does. */
    private static boolean keepForOthers(String own, LxdSession lxd, Image image) {
        if (!Marks.haveKind(image.properties(), Marks.KIND_STEMCELL)) {
            LOG.warn("The image {} is not marked as a stemcell of this CPI and stays", image.fingerprint());
            return true;
        }
        for (String property : image.properties().keySet()) {
            if (property.startsWith(USED_BY) && !property.equals(own)) {
                lxd.images().patchProperties(image.fingerprint(), Map.of(own, ""));
                LOG.info("The image {} stays: another stemcell has it", image.fingerprint());
                return true;
            }
        }
        return false;
    }
}
