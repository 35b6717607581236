package io.boshcpi.core.plugin;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * A plugin's jar.
 *
 * @param path where it lies
 * @param size in bytes
 * @param checksum CRC-32 of the jar's directory, which has name, size and checksum of each file in it
 */
record PluginFile(Path path, long size, long checksum) {
    /** The record at the end of a jar that has no comment: signature, numbers, size and place of the directory. */
    private static final int END_LENGTH = 22;

    private static final long END_SIGNATURE = 0x06054b50L;
    private static final int DIRECTORY_SIZE = 12;
    private static final int DIRECTORY_PLACE = 16;

    /**
     * A file with its checksum. Each call asks for those of all bundled plugins, so only the end of a jar is read, and all of
     * what is no jar, or one with a comment. A stream goes back as well as forth, and is loaded in every call anyway.
     */
    static PluginFile of(Path path) throws IOException {
        long size = path.toFile().length();
        try (FileInputStream file = new FileInputStream(path.toFile())) {
            long at = file.skip(Math.max(0, size - END_LENGTH));
            byte[] end = file.readAllBytes();
            file.skip(directoryOf(end, size) - at - end.length);
            byte[] content = file.readAllBytes();
            CRC32 checksum = new CRC32();
            checksum.update(content, 0, content.length);
            return new PluginFile(path, size, checksum.getValue());
        }
    }

    /** Where the jar's directory begins, by the last bytes of the jar; 0 if they do not tell. */
    private static long directoryOf(byte[] end, long size) {
        if (end.length != END_LENGTH || number(end, 0) != END_SIGNATURE) {
            return 0;
        }
        long place = number(end, DIRECTORY_PLACE);
        return place + number(end, DIRECTORY_SIZE) + END_LENGTH == size ? place : 0;
    }

    /** Four bytes, the least significant first. */
    private static long number(byte[] bytes, int at) {
        return (bytes[at] & 0xffL)
                | (bytes[at + 1] & 0xffL) << 8
                | (bytes[at + 2] & 0xffL) << 16
                | (bytes[at + 3] & 0xffL) << 24;
    }

    /** The file's name alone. */
    String name() {
        return String.valueOf(path.getFileName());
    }
}
