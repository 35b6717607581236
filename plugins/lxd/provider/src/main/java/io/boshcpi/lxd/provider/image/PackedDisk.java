package io.boshcpi.lxd.provider.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The file {@code root.img} in a gzipped tar, in which stemcells for virtual machines bring their disk. It is read through
 * the archive each time, in constant memory and without a temporary file.
 */
final class PackedDisk {
    private static final String NAME = "root.img";
    private static final int GZIP_MAGIC = 0x1F8B;
    private static final int BUFFER = 64 << 10;

    private final Path archive;
    private final long length;

    private PackedDisk(Path archive, long length) {
        this.archive = archive;
        this.length = length;
    }

    /**
     * The disk in the archive, or empty if the file is no gzipped tar or has another file first, such as the files of a
     * container's root.
     *
     * @throws IOException if the file cannot be read
     */
    static Optional<PackedDisk> in(Path archive) throws IOException {
        if (!isGzip(archive)) {
            return Optional.empty();
        }
        try (InputStream in = unzipped(archive)) {
            TarEntry first = TarEntry.firstFile(in);
            return first == null || !first.isRegular() || !first.name().equals(NAME)
                    ? Optional.empty()
                    : Optional.of(new PackedDisk(archive, first.size()));
        }
    }

    /** The length of the disk's file in bytes. */
    long length() {
        return length;
    }

    /** Reads the disk's file from its start to its end. */
    InputStream open() throws IOException {
        InputStream in = unzipped(archive);
        try {
            TarEntry.firstFile(in);
            return new Content(in, length);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static boolean isGzip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return ((in.read() << 8) | in.read()) == GZIP_MAGIC;
        }
    }

    private static InputStream unzipped(Path archive) throws IOException {
        InputStream in = Files.newInputStream(archive);
        try {
            return new GZIPInputStream(in, BUFFER);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** The bytes of the entry that the archive is at. */
    private static final class Content extends InputStream {
        private final InputStream archive;
        private long left;

        Content(InputStream archive, long length) {
            this.archive = archive;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = archive.read(bytes, offset, (int) Math.min(left, length));
            if (count < 0) {
                throw new EOFException("the archive ends within " + NAME);
            }
            left -= count;
            return count;
        }

        @Override
        public void close() throws IOException {
            archive.close();
        }
    }
}
