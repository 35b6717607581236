package io.boshcpi.lxd.client.model;

import java.util.List;

/**
 * A file, directory or symbolic link read from a guest.
 *
 * @param content of a file, or a symbolic link's target; empty for a directory
 * @param entries the names in a directory, empty for others
 */
public record GuestFile(Kind kind, FileAttributes attributes, Bytes content, List<String> entries) {
    /** What a path can be; sockets and devices cannot be read. */
    public enum Kind {
        FILE,
        DIRECTORY,
        SYMLINK
    }

    /** Takes a copy of the entries. */
    public GuestFile {
        entries = List.copyOf(entries);
    }

    /** The content as UTF-8. */
    public String text() {
        return content.text();
    }
}
