package io.boshcpi.lxd.client;

import io.boshcpi.lxd.client.model.Bytes;
import java.nio.file.Path;
import java.util.Map;

/**
 * A split image: what it is, and its root file system or disk as the server takes it.
 *
 * @param kind what the image is for
 * @param metadata a tar, compressed or not, that holds {@code metadata.yaml}; the same bytes each time, or the fingerprint
 *     changes. Its {@code properties} must not be missing: LXD 5.0 and Incus 6.0 crash, the whole server, if they are to add
 *     properties to none
 * @param rootfs a tar.gz or squashfs for containers, a qcow2 for virtual machines; streamed as it is
 * @param properties noted with the image, over those of {@code metadata.yaml}
 * @param progress told how far it is
 */
public record ImageUpload(
        Kind kind, Bytes metadata, Path rootfs, Map<String, String> properties, UploadProgress progress) {
    /** What an image is for, which decides how the second part of its upload is called. */
    public enum Kind {
        CONTAINER("rootfs"),
        VIRTUAL_MACHINE("rootfs.img");

        private final String part;

        Kind(String part) {
            this.part = part;
        }

        String part() {
            return part;
        }
    }

    /** Takes a copy of the properties. */
    public ImageUpload {
        properties = Map.copyOf(properties);
    }

    /** Without progress. */
    public ImageUpload(Kind kind, Bytes metadata, Path rootfs, Map<String, String> properties) {
        this(kind, metadata, rootfs, properties, UploadProgress.NONE);
    }
}
