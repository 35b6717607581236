package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.guest.GuestFiles;
import io.boshcpi.lxd.fake.model.ApiError;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/** Reads what FakeLxd wants from tarballs, plain or with gzip; other compressions are recognised but not read. */
public final class Tarballs {
    private static final int TAR_MAGIC_OFFSET = 257;

    private Tarballs() {}

    private static boolean isGzip(byte[] bytes) {
        return starts(bytes, 0x1f, 0x8b);
    }

    private static boolean isTar(byte[] bytes) {
        return bytes.length > TAR_MAGIC_OFFSET + 5
                && new String(bytes, TAR_MAGIC_OFFSET, 5, StandardCharsets.US_ASCII).equals("ustar");
    }

    /** xz, bzip2, zstd or squashfs. */
    private static boolean isOtherKnown(byte[] bytes) {
        return starts(bytes, 0xfd, '7', 'z')
                || starts(bytes, 'B', 'Z', 'h')
                || starts(bytes, 0x28, 0xb5, 0x2f, 0xfd)
                || starts(bytes, 'h', 's', 'q', 's');
    }

    private static boolean starts(byte[] bytes, int... magic) {
        if (bytes.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    private static TarArchiveInputStream open(byte[] bytes) throws IOException {
        InputStream raw = new ByteArrayInputStream(bytes);
        return new TarArchiveInputStream(
                isGzip(bytes)
                        ? new BufferedInputStream(GzipCompressorInputStream.builder()
                                .setInputStream(raw)
                                .setDecompressConcatenated(true)
                                .get())
                        : raw);
    }

    /** One file of the tarball whose start these bytes are, null if it is not there. */
    public static byte @Nullable [] file(byte[] tarball, String name) throws IOException {
        if (!isGzip(tarball) && !isTar(tarball)) {
            if (isOtherKnown(tarball)) {
                return null;
            }
            throw ApiError.internal("Unsupported compression");
        }
        try (TarArchiveInputStream tar = open(tarball)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (relative(entry.getName()).equals(name)) {
                    return tar.readAllBytes();
                }
            }
        } catch (EOFException e) {
            return null;
        }
        return null;
    }

    private static String relative(String name) {
        return name.startsWith("./") ? name.substring(2) : name;
    }

    /** The files of the tarball; a skeleton if the tarball is not whole or not readable here. */
    public static GuestFiles files(byte[] tarball, boolean whole) throws IOException {
        if (!whole || (!isGzip(tarball) && !isTar(tarball))) {
            return GuestFiles.skeleton();
        }
        GuestFiles files = GuestFiles.empty();
        try (TarArchiveInputStream tar = open(tarball)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = relative(entry.getName());
                if (!name.isEmpty()) {
                    add(files, name, entry, tar);
                }
            }
        }
        return files;
    }

    private static void add(GuestFiles files, String path, TarArchiveEntry entry, InputStream content)
            throws IOException {
        int mode = entry.getMode() & 07777;
        long uid = entry.getLongUserId();
        long gid = entry.getLongGroupId();
        if (entry.isDirectory()) {
            GuestFiles.Node directory = files.directory(path, mode, uid, gid);
            directory.mode = mode;
            directory.uid = uid;
            directory.gid = gid;
        } else if (entry.isSymbolicLink()) {
            files.node(path, GuestFiles.Type.SYMLINK, 0777, uid, gid).content =
                    entry.getLinkName().getBytes(StandardCharsets.UTF_8);
        } else if (entry.isLink()) {
            GuestFiles.Node target = files.find(relative(entry.getLinkName()), false);
            files.node(path, GuestFiles.Type.FILE, mode, uid, gid).content =
                    target == null ? new byte[0] : target.content;
        } else if (entry.isFile()) {
            files.node(path, GuestFiles.Type.FILE, mode, uid, gid).content = content.readAllBytes();
        }
    }
}
