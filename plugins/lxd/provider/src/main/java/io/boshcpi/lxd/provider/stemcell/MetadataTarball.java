package io.boshcpi.lxd.provider.stemcell;

import java.nio.charset.StandardCharsets;

/**
 * The first part of an image: a tar that contains only {@code metadata.yaml}.
 *
 * <p>The image's fingerprint covers it, so the bytes must never change for an architecture: no time stamps, no names,
 * no version of this CPI. Everything else about an image goes into its properties.
 *
 * <p>It has one property, since the whole daemon of LXD 5.0.2 and Incus 6.0.4 crashes when an upload brings properties
 * for an image that has none.
 */
final class MetadataTarball {
    private static final int BLOCK = 512;

    private MetadataTarball() {}

    static byte[] of(String architecture) {
        String text =
                "architecture: " + architecture + "\ncreation_date: 1\nproperties:\n  description: BOSH stemcell\n";
        byte[] yaml = text.getBytes(StandardCharsets.US_ASCII);
        byte[] tar = new byte[4 * BLOCK]; // Header, content, and the two empty blocks at the end.
        System.arraycopy(header(yaml.length), 0, tar, 0, BLOCK);
        System.arraycopy(yaml, 0, tar, BLOCK, yaml.length);
        return tar;
    }

    /** A ustar header as POSIX describes it. */
    private static byte[] header(int size) {
        byte[] header = new byte[BLOCK];
        put(header, 0, "metadata.yaml");
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
