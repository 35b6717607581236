package io.boshcpi.core.plugin;

import io.boshcpi.core.installation.SmallFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.CRC32;

/**
 * A plugin's jar.
 *
 * @param path where it lies
 * @param size in bytes
 * @param checksum CRC-32 of its content
 */
record PluginFile(Path path, long size, long checksum) {
    /** A file with the checksum of its content, which takes well under a millisecond for a plugin's size. */
    static PluginFile of(Path path) throws IOException {
        byte[] content = SmallFile.read(path);
        CRC32 checksum = new CRC32();
        checksum.update(content, 0, content.length);
        return new PluginFile(path, content.length, checksum.getValue());
    }

    /** The file's name alone. */
    String name() {
        return String.valueOf(path.getFileName());
    }
}
