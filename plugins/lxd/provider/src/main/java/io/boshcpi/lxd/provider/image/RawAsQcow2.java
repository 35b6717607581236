package io.boshcpi.lxd.provider.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A raw disk as a qcow2, made while it is read. Clusters of zeros are left out.
 *
 * <p>The tables of a qcow2 come first and say what follows, so the disk is read twice: once to see which clusters have
 * data, and once to send them. That takes some seconds of unzipping, and neither room on a disk nor memory beyond a bit per
 * cluster and one cluster.
 *
 * <p>The file: the header, the table of reference counts and its blocks, the first and the second level of tables, and the
 * clusters with data in the order of the disk.
 */
final class RawAsQcow2 {
    private static final int CLUSTER_BITS = 16;
    private static final int CLUSTER = 1 << CLUSTER_BITS;
    private static final int ENTRIES = CLUSTER / Long.BYTES;
    private static final int COUNTS = CLUSTER / Short.BYTES;
    private static final long COPIED = 1L << 63;

    private final PackedDisk raw;
    private final BitSet clusters;
    private final BitSet tables;
    private final int firstLevel;
    private final int countBlocks;
    private final int countTable;

    private RawAsQcow2(PackedDisk raw, BitSet clusters) {
        this.raw = raw;
        this.clusters = clusters;
        this.tables = tablesOf(clusters);
        this.firstLevel = Math.max(1, parts(parts(parts(raw.length(), CLUSTER), ENTRIES), ENTRIES));
        int blocks = 1;
        int table = 1;
        while (1L + table + blocks + others() > (long) blocks * COUNTS) {
            blocks++;
            table = parts(blocks, ENTRIES);
        }
        this.countBlocks = blocks;
        this.countTable = table;
    }

    /** Reads the whole disk. */
    static RawAsQcow2 of(PackedDisk raw) throws IOException {
        BitSet clusters = new BitSet();
        byte[] cluster = new byte[CLUSTER];
        byte[] zeros = new byte[CLUSTER];
        try (InputStream in = raw.open()) {
            int index = 0;
            for (int count = in.readNBytes(cluster, 0, CLUSTER);
                    count > 0;
                    count = in.readNBytes(cluster, 0, CLUSTER)) {
                if (!Arrays.equals(cluster, 0, count, zeros, 0, count)) {
                    clusters.set(index);
                }
                index++;
            }
        }
        return new RawAsQcow2(raw, clusters);
    }

    /** The number of bytes of the qcow2. */
    long length() {
        return (1L + countTable + countBlocks + others()) << CLUSTER_BITS;
    }

    InputStream open() throws IOException {
        return new Content(raw.open());
    }

    /** How many clusters there are besides the header and those of reference counts. */
    private long others() {
        return (long) firstLevel + tables.cardinality() + clusters.cardinality();
    }

    private static BitSet tablesOf(BitSet clusters) {
        BitSet tables = new BitSet();
        for (int i = clusters.nextSetBit(0); i >= 0; i = clusters.nextSetBit((i / ENTRIES + 1) * ENTRIES)) {
            tables.set(i / ENTRIES);
        }
        return tables;
    }

    private static int parts(long whole, int part) {
        return Math.toIntExact((whole + part - 1) / part);
    }

    private ByteBuffer header() {
        ByteBuffer header = ByteBuffer.allocate(CLUSTER);
        header.putInt(Qcow2.MAGIC).putInt(2);
        header.putLong(0).putInt(0); // no backing file
        header.putInt(CLUSTER_BITS);
        header.putLong(parts(raw.length(), 512) * 512L);
        header.putInt(0); // not encrypted
        header.putInt(parts(parts(raw.length(), CLUSTER), ENTRIES));
        header.putLong(offset(1L + countTable + countBlocks));
        header.putLong(offset(1));
        header.putInt(countTable);
        return header; // no snapshots
    }

    private ByteBuffer countTable(int part) {
        ByteBuffer table = ByteBuffer.allocate(CLUSTER);
        for (int i = part * ENTRIES; i < Math.min(countBlocks, (part + 1) * ENTRIES); i++) {
            table.putLong(offset(1L + countTable + i));
        }
        return table;
    }

    /** Each cluster of the file is referred to once. */
    private ByteBuffer countBlock(int block) {
        ByteBuffer counts = ByteBuffer.allocate(CLUSTER);
        long left = (length() >> CLUSTER_BITS) - (long) block * COUNTS;
        for (int i = 0; i < Math.min(left, COUNTS); i++) {
            counts.putShort((short) 1);
        }
        return counts;
    }

    private ByteBuffer firstLevel(int part) {
        ByteBuffer table = ByteBuffer.allocate(CLUSTER);
        long next = 1L
                + countTable
                + countBlocks
                + firstLevel
                + tables.get(0, part * ENTRIES).cardinality();
        for (int i = 0; i < ENTRIES; i++) {
            boolean used = tables.get(part * ENTRIES + i);
            table.putLong(used ? COPIED | offset(next++) : 0);
        }
        return table;
    }

    /**
     * @param first the first cluster of the disk that the table is about
     * @param before how many clusters with data come before it
     */
    private ByteBuffer secondLevel(int first, long before) {
        ByteBuffer table = ByteBuffer.allocate(CLUSTER);
        long next = 1L + countTable + countBlocks + firstLevel + tables.cardinality() + before;
        for (int i = 0; i < ENTRIES; i++) {
            table.putLong(clusters.get(first + i) ? COPIED | offset(next++) : 0);
        }
        return table;
    }

    private static long offset(long cluster) {
        return cluster << CLUSTER_BITS;
    }

    /** The file, one cluster after the other. */
    private final class Content extends InputStream {
        private final InputStream disk;
        private byte[] cluster = new byte[0];
        private int position;
        private int index;
        /** The table that is next, and then the cluster of the disk that is. */
        private int next;

        private long before;
        private int diskIndex;

        Content(InputStream disk) {
            this.disk = disk;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (position == cluster.length && !advance()) {
                return -1;
            }
            int count = Math.min(length, cluster.length - position);
            System.arraycopy(cluster, position, bytes, offset, count);
            position += count;
            return count;
        }

        @Override
        public void close() throws IOException {
            disk.close();
        }

        private boolean advance() throws IOException {
            int tablesFrom = 1 + countTable + countBlocks + firstLevel;
            if (index < tablesFrom) {
                cluster = front(index).array();
            } else if (index < tablesFrom + tables.cardinality()) {
                int table = tables.nextSetBit(next);
                cluster = secondLevel(table * ENTRIES, before).array();
                before += clusters.get(table * ENTRIES, (table + 1) * ENTRIES).cardinality();
                next = table + 1;
            } else if (!nextOfDisk()) {
                return false;
            }
            index++;
            position = 0;
            return true;
        }

        private ByteBuffer front(int at) {
            if (at == 0) {
                return header();
            } else if (at <= countTable) {
                return countTable(at - 1);
            } else if (at <= countTable + countBlocks) {
                return countBlock(at - 1 - countTable);
            }
            return firstLevel(at - 1 - countTable - countBlocks);
        }

        private boolean nextOfDisk() throws IOException {
            int wanted = clusters.nextSetBit(diskIndex);
            if (wanted < 0) {
                return false;
            }
            disk.skipNBytes((long) (wanted - diskIndex) << CLUSTER_BITS);
            byte[] whole = new byte[CLUSTER];
            disk.readNBytes(whole, 0, CLUSTER); // The disk's last cluster may be shorter.
            cluster = whole;
            diskIndex = wanted + 1;
            return true;
        }
    }
}
