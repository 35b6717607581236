package io.boshcpi.lxd.client;

import io.boshcpi.lxd.client.model.FileAttributes;
import io.boshcpi.lxd.client.model.GuestFile;
import java.util.Optional;

/** The files of one instance, which may be stopped or running. Paths are absolute and as the guest sees them. */
@SuppressWarnings({"DoNotCallSuggester", "ObjectToString"})
public final class InstanceFiles {
    private final Rest rest;
    private final Url url;

    InstanceFiles(Rest rest, Url url) {
        this.rest = rest;
        this.url = url;
    }

    /**
     * Writes a file, replacing one that is there. The directory must exist. A symbolic link at the path is followed: delete it
     * first if the file is to take its place.
     */
    public void push(String path, FileAttributes attributes, byte[] content) {
        throw new UnsupportedOperationException(rest + path + attributes + content.length + url);
    }

    /** Makes a directory in one that exists; leaves one that is there as it is. */
    public void makeDirectory(String path, FileAttributes attributes) {
        throw new UnsupportedOperationException(path + attributes);
    }

    /** Makes a symbolic link. */
    public void link(String path, String target) {
        throw new UnsupportedOperationException(path + target);
    }

    /**
     * Reads a file of up to 4 MiB, the names in a directory, or a link's target; empty if there is none. Files without a size,
     * such as those of {@code /proc}, read as empty.
     */
    public Optional<GuestFile> read(String path) {
        throw new UnsupportedOperationException(path);
    }

    /**
     * Deletes a file, a link or an empty directory.
     *
     * @return false if there is none
     */
    public boolean delete(String path) {
        throw new UnsupportedOperationException(path);
    }
}
