package io.boshcpi.lxd.provider.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One header of a tar as POSIX (ustar, pax) and GNU tar write it.
 *
 * <p>A library for archives would more than double the plugin, for the one header that is read here.
 *
 * @param name the path without a leading {@code ./}
 * @param type the type flag
 * @param size in bytes
 */
record TarEntry(String name, char type, long size) {
    private static final int BLOCK = 512;
    private static final int NAME_LENGTH = 100;
    private static final int SIZE = 124;
    private static final int SIZE_LENGTH = 12;
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;
    private static final int TYPE = 156;
    private static final int BASE_256 = 0x80;
    /** Enough for any extended header of a file at the top of an archive. */
    private static final int MAX_EXTENSION = 1 << 20;

    /** Reads up to the content of the first entry that is no directory; null if there is none, or this is no tar. */
    static @Nullable TarEntry firstFile(InputStream in) throws IOException {
        long paxSize = -1;
        while (true) {
            byte[] header = in.readNBytes(BLOCK);
            TarEntry entry = of(header);
            if (entry == null) {
                return null;
            }
            switch (entry.type) {
                case 'x', 'g', 'L', 'K' -> {
                    byte[] content = extension(in, entry.size);
                    if (entry.type == 'x') {
                        paxSize = paxSize(content);
                    }
                }
                case '5' -> paxSize = -1;
                default -> {
                    return paxSize < 0 ? entry : new TarEntry(entry.name, entry.type, paxSize);
                }
            }
        }
    }

    boolean isRegular() {
        return type == '0' || type == '\0';
    }

    private static @Nullable TarEntry of(byte[] header) throws IOException {
        if (header.length < BLOCK || !hasChecksum(header)) {
            return null;
        }
        String name = text(header, 0, NAME_LENGTH);
        return new TarEntry(
                name.startsWith("./") ? name.substring(2) : name, (char) (header[TYPE] & 0xFF), size(header));
    }

    /** The sum of all bytes, with the sum itself counted as blanks. */
    private static boolean hasChecksum(byte[] header) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            boolean own = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH;
            sum += own ? ' ' : header[i] & 0xFF;
        }
        String told = text(header, CHECKSUM, CHECKSUM_LENGTH).trim();
        return isOctal(told) && Long.parseLong(told, 8) == sum;
    }

    private static long size(byte[] header) throws IOException {
        if ((header[SIZE] & BASE_256) == 0) {
            String octal = text(header, SIZE, SIZE_LENGTH).trim();
            if (!isOctal(octal)) {
                throw new IOException("the archive has a broken header");
            }
            return Long.parseLong(octal, 8);
        }
        long size = header[SIZE] & (BASE_256 - 1);
        for (int i = SIZE + 1; i < SIZE + SIZE_LENGTH; i++) {
            if (size >> 55 != 0) {
                throw new IOException("the archive has a broken header");
            }
            size = (size << 8) | (header[i] & 0xFF);
        }
        return size;
    }

    private static byte[] extension(InputStream in, long size) throws IOException {
        if (size > MAX_EXTENSION) {
            throw new IOException("the archive has a broken header");
        }
        byte[] content = in.readNBytes((int) size);
        int padding = (int) (-size & (BLOCK - 1));
        if (content.length < size || in.readNBytes(padding).length < padding) {
            throw new EOFException("the archive ends within a header");
        }
        return content;
    }

    /** The value of {@code size} in an extended header, whose records are {@code LENGTH KEY=VALUE\n}; -1 if it has none. */
    private static long paxSize(byte[] content) throws IOException {
        for (String record : new String(content, StandardCharsets.UTF_8).split("\n", -1)) {
            int key = record.indexOf(" size=");
            if (key > 0 && isDecimal(record.substring(0, key))) {
                String value = record.substring(key + " size=".length());
                if (!isDecimal(value) || value.length() > 18) {
                    throw new IOException("the archive has a broken header");
                }
                return Long.parseLong(value);
            }
        }
        return -1;
    }

    private static boolean isOctal(String text) {
        return isNumber(text, 8);
    }

    private static boolean isDecimal(String text) {
        return isNumber(text, 10);
    }

    private static boolean isNumber(String text, int radix) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > '9' || Character.digit(text.charAt(i), radix) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static String text(byte[] header, int start, int length) {
        int end = start;
        while (end < start + length && header[end] != 0) {
            end++;
        }
        return new String(header, start, end - start, StandardCharsets.UTF_8);
    }
}
