package io.boshcpi.lxd.fake.server;

import io.boshcpi.lxd.fake.guest.GuestFiles;
import io.boshcpi.lxd.fake.guest.GuestFiles.Node;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Reads tarballs, plain or with gzip. */
final class Tarballs {
    private Tarballs() {}

    /** The files of the tarball; a skeleton if it is none that can be read here. */
    static GuestFiles files(byte[] tarball) {
        GuestFiles files = new GuestFiles();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(unzipped(tarball))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                add(files, entry, tar.readAllBytes());
            }
            return files;
        } catch (IOException e) {
            return GuestFiles.skeleton();
        }
    }

    private static InputStream unzipped(byte[] tarball) throws IOException {
        InputStream bytes = new ByteArrayInputStream(tarball);
        return GzipCompressorInputStream.matches(tarball, tarball.length) ? new GZIPInputStream(bytes) : bytes;
    }

    private static void add(GuestFiles files, TarArchiveEntry entry, byte[] content) {
        String path = files.resolve(entry.getName(), false);
        int mode = entry.getMode() & 07777;
        long uid = entry.getLongUserId();
        long gid = entry.getLongGroupId();
        if (entry.isDirectory()) {
            files.put(path, new Node("directory", mode, uid, gid, content));
        } else if (entry.isSymbolicLink()) {
            byte[] target = entry.getLinkName().getBytes(StandardCharsets.UTF_8);
            files.put(path, new Node("symlink", 0777, uid, gid, target));
        } else if (entry.isLink()) {
            Node linked = files.find(files.resolve(entry.getLinkName(), false));
            files.put(path, linked == null ? new Node("file", mode, uid, gid, content) : linked);
        } else if (entry.isFile()) {
            files.put(path, new Node("file", mode, uid, gid, content));
        }
    }
}
