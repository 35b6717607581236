package io.boshcpi.lxd.client.session;

import io.boshcpi.lxd.client.model.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * A split image: what it is, and its root file system or disk as the server takes it.
 *
 * @param kind what the image is for
 * @param metadata a tar, compressed or not, with {@code metadata.yaml} in it; the same bytes each time, or the
 *     fingerprint changes. It must have {@code properties}: LXD 5.0 and Incus 6.0 crash, the whole server, if they have
 *     to add some to none
 * @param rootfs a tar.gz or squashfs for containers, a qcow2 for virtual machines; streamed
 * @param properties of the image, over those of {@code metadata.yaml}
 * @param progress follows the upload
 */
public record ImageUpload(
        Kind kind, Bytes metadata, ImageContent rootfs, Map<String, String> properties, UploadProgress progress) {
    private static final int BUFFER = 64 << 10;

    /** What an image is for, which decides the name of the second part of its upload. */
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

    /** A file, without progress. */
    public ImageUpload(Kind kind, Bytes metadata, Path rootfs, Map<String, String> properties) {
        this(kind, metadata, new ImageFile(rootfs), properties, UploadProgress.NONE);
    }

    /**
     * The fingerprint that the server gives the image: the SHA-256 of metadata and root file system. Reads the whole
     * content.
     *
     * @throws IOException if it cannot be read
     */
    public String fingerprint() throws IOException {
        MessageDigest digest = sha256();
        digest.update(metadata.toArray());
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = rootfs.open()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
