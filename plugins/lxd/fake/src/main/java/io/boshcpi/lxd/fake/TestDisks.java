package io.boshcpi.lxd.fake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;

/** Disks for tests, and the stemcells' archives around them. */
public final class TestDisks {
    /** Bytes of a cluster of {@link #qcow2}. */
    public static final int CLUSTER = 1 << 16;

    private TestDisks() {}

    /** A disk with an MBR and one partition of Linux. */
    public static byte[] bios(int size) {
        byte[] disk = new byte[size];
        disk[446 + 4] = (byte) 0x83;
        return signed(disk);
    }

    /** A disk with a GPT and an EFI system partition. */
    public static byte[] uefi(int size) {
        byte[] disk = new byte[size];
        disk[446 + 4] = (byte) 0xEE;
        ByteBuffer gpt = ByteBuffer.wrap(disk).order(ByteOrder.LITTLE_ENDIAN);
        gpt.putLong(512, 0x5452415020494645L);
        gpt.putLong(512 + 72, 2).putInt(512 + 80, 128).putInt(512 + 84, 128);
        int second = 2 * 512 + 128;
        gpt.putInt(second, 0xC12A7328).putShort(second + 4, (short) 0xF81F).putShort(second + 6, (short) 0x11D2);
        gpt.order(ByteOrder.BIG_ENDIAN).putLong(second + 8, 0xBA4B00A0C93EC93BL);
        return signed(disk);
    }

    /** A qcow2 of a disk whose clusters are compressed, as `qemu-img convert -c -O qcow2 -o compat=0.10` makes them. */
    public static byte[] qcow2(byte[] disk) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        ByteBuffer second = ByteBuffer.allocate(CLUSTER);
        for (int at = 0; at < disk.length; at += CLUSTER) {
            byte[] packed = deflated(disk, at);
            long offset = 5L * CLUSTER + data.size();
            long sectors = (packed.length + offset % 512 - 1) / 512;
            second.putLong((1L << 62) | (sectors << 54) | offset);
            data.writeBytes(packed);
        }
        ByteBuffer qcow2 = ByteBuffer.allocate(5 * CLUSTER + data.size());
        qcow2.putInt(0x514649FB)
                .putInt(2)
                .putLong(0)
                .putInt(0)
                .putInt(16)
                .putLong(disk.length)
                .putInt(0);
        qcow2.putInt(1).putLong(3L * CLUSTER).putLong(CLUSTER).putInt(1);
        qcow2.putLong(3 * CLUSTER, (4L * CLUSTER) | (1L << 63));
        qcow2.put(4 * CLUSTER, second.array()).put(5 * CLUSTER, data.toByteArray());
        return qcow2.array();
    }

    /** The file {@code image} of a stemcell, with these files in this order. */
    public static Path archive(Path file, Map<String, byte[]> files) throws IOException {
        TestTar tar = new TestTar();
        files.forEach((name, content) -> tar.file(name, 0644, content));
        return Files.write(file, tar.gzipped());
    }

    /** The disk in the file {@code image} of a stemcell. */
    public static byte[] rootImg(Path archive) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(archive))) {
            byte[] header = in.readNBytes(512);
            String name = new String(header, 0, 8, StandardCharsets.US_ASCII);
            if (!name.equals("root.img")) {
                throw new IOException(archive + " begins with " + name);
            }
            String size = new String(header, 124, 11, StandardCharsets.US_ASCII);
            return in.readNBytes(Integer.parseInt(size, 8));
        }
    }

    private static byte[] signed(byte[] disk) {
        disk[510] = 0x55;
        disk[511] = (byte) 0xAA;
        return disk;
    }

    private static byte[] deflated(byte[] disk, int at) {
        Deflater deflater = new Deflater(9, true);
        byte[] cluster = new byte[CLUSTER];
        System.arraycopy(disk, at, cluster, 0, Math.min(CLUSTER, disk.length - at));
        deflater.setInput(cluster);
        deflater.finish();
        byte[] packed = new byte[2 * CLUSTER];
        byte[] exact = new byte[deflater.deflate(packed)];
        System.arraycopy(packed, 0, exact, 0, exact.length);
        deflater.end();
        return exact;
    }
}
