package io.boshcpi.lxd.provider.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A tar in memory, with headers as POSIX describes ustar. No time stamps, no owners: the same bytes each time. */
public final class SmallTar {
    private static final int BLOCK = 512;

    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    /**
     * Adds a file.
     *
     * @param name its path, up to 100 characters of ASCII
     */
    public SmallTar add(String name, byte[] content) {
        tar.writeBytes(header(name, content.length));
        tar.writeBytes(content);
        tar.writeBytes(new byte[-content.length & (BLOCK - 1)]);
        return this;
    }

    /** The whole tar. */
    public byte[] toBytes() {
        tar.writeBytes(new byte[2 * BLOCK]);
        return tar.toByteArray();
    }

    private static byte[] header(String name, int size) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        put(header, 124, octal(size, 11) + "\0");
        put(header, 136, octal(1, 11) + "\0");
        put(header, 148, "        "); // The checksum counts itself as blanks.
        put(header, 156, "0");
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += b;
        }
        put(header, 148, octal(sum, 6) + "\0 ");
        return header;
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    private static String octal(int value, int digits) {
        String text = Integer.toOctalString(value);
        return "0".repeat(digits - text.length()) + text;
    }
}
