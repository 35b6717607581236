package io.boshcpi.lxd.provider.image;

import io.boshcpi.spi.CpiException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The start of a disk in a qcow2, whose clusters are found by two levels of tables. Facts are from QEMU's description of the
 * format, versions 2 and 3.
 *
 * <p>An image that refers to another file is refused: a server that follows the reference reads a file of its own host into
 * a disk of the stemcell's author.
 */
final class Qcow2 {
    /** {@code QFI} and 0xFB. */
    static final int MAGIC = 0x514649FB;

    private static final int HEADER = 112;
    private static final int MIN_CLUSTER_BITS = 9;
    private static final int MAX_CLUSTER_BITS = 21;
    private static final long OFFSET_MASK = 0x00FF_FFFF_FFFF_FE00L;
    private static final long COMPRESSED = 1L << 62;
    private static final long ALL_ZERO = 1;
    private static final int SECTOR = 512;

    private static final long DIRTY = 1;
    private static final long DATA_FILE = 1 << 2;

    private final PackedDisk file;
    private final int clusterBits;
    private final long tables;

    private Qcow2(PackedDisk file, int clusterBits, long tables) {
        this.file = file;
        this.clusterBits = clusterBits;
        this.tables = tables;
    }

    /** The image, or an error if it is one that the servers should not or cannot read. */
    static Qcow2 of(PackedDisk file) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(bytes(file, 0, (int) Math.min(HEADER, file.length())));
        if (header.capacity() < 72) {
            throw refused("ends within its header");
        }
        int version = header.getInt(4);
        int bits = header.getInt(20);
        if (version < 2 || version > 3 || bits < MIN_CLUSTER_BITS || bits > MAX_CLUSTER_BITS) {
            throw refused("has a broken header");
        } else if (header.getLong(8) != 0) {
            throw refused("is an overlay of a backing file; `qemu-img convert -O qcow2` makes one image of both");
        } else if (header.getInt(32) != 0) {
            throw refused("is encrypted");
        } else if (version == 3) {
            refuseFeatures(header);
        }
        return new Qcow2(file, bits, header.getLong(40));
    }

    private static void refuseFeatures(ByteBuffer header) {
        boolean whole = header.capacity() >= HEADER;
        long features = whole ? header.getLong(72) : 0;
        boolean zstd = whole && header.getInt(100) > 104 && header.get(104) != 0;
        if ((features & DATA_FILE) != 0) {
            throw refused("has its data in another file; `qemu-img convert -O qcow2` makes one image of both");
        } else if ((features & ~DIRTY) != 0 || zstd) {
            throw refused("has features that older servers cannot read; `qemu-img convert -c -O qcow2 -o compat=0.10`"
                    + " makes one that all can");
        }
    }

    /** The first bytes of the disk. */
    byte[] start(int length) throws IOException {
        byte[] start = new byte[length];
        int cluster = 1 << clusterBits;
        for (int at = 0; at < length; at += cluster) {
            byte[] content = cluster(at >> clusterBits);
            System.arraycopy(content, 0, start, at, Math.min(cluster, length - at));
        }
        return start;
    }

    private byte[] cluster(long index) throws IOException {
        int perTable = 1 << (clusterBits - 3);
        long table = entry(tables, index / perTable) & OFFSET_MASK;
        long entry = table == 0 ? 0 : entry(table, index % perTable);
        if ((entry & COMPRESSED) != 0) {
            return inflated(entry);
        } else if ((entry & ALL_ZERO) != 0 || (entry & OFFSET_MASK) == 0) {
            return new byte[1 << clusterBits];
        }
        return bytes(file, entry & OFFSET_MASK, 1 << clusterBits);
    }

    private long entry(long table, long index) throws IOException {
        return ByteBuffer.wrap(bytes(file, table + index * Long.BYTES, Long.BYTES))
                .getLong();
    }

    private byte[] inflated(long entry) throws IOException {
        int offsetBits = 62 - (clusterBits - 8);
        long offset = entry & ((1L << offsetBits) - 1);
        long sectors = ((entry & ~(3L << 62)) >> offsetBits) + 1;
        // The last cluster of a file may end before its last sector does.
        long length = Math.min(sectors * SECTOR - offset % SECTOR, file.length() - offset);
        if (length <= 0) {
            throw refused("refers to what is beyond its end");
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes(file, offset, (int) length));
            byte[] cluster = new byte[1 << clusterBits];
            int done = 0;
            while (done < cluster.length && !inflater.finished()) {
                int count = inflater.inflate(cluster, done, cluster.length - done);
                if (count == 0) {
                    throw refused("has a broken first cluster");
                }
                done += count;
            }
            return cluster;
        } catch (DataFormatException e) {
            throw new IOException("its qcow2 has a broken first cluster", e);
        } finally {
            inflater.end();
        }
    }

    private static byte[] bytes(PackedDisk file, long offset, int length) throws IOException {
        if (offset < 0 || offset > file.length() - length) {
            throw refused("refers to what is beyond its end");
        }
        try (InputStream in = file.open()) {
            in.skipNBytes(offset);
            byte[] bytes = new byte[length];
            if (in.readNBytes(bytes, 0, length) < length) {
                throw new EOFException("the archive ends within root.img");
            }
            return bytes;
        }
    }

    /** Whether the bytes are the start of a qcow2. */
    static boolean isAt(byte[] start) {
        return start.length >= Integer.BYTES
                && ByteBuffer.wrap(Arrays.copyOf(start, Integer.BYTES)).getInt() == MAGIC;
    }

    private static CpiException refused(String problem) {
        return CpiException.badRequest("The stemcell's disk, the qcow2 root.img, " + problem);
    }
}
