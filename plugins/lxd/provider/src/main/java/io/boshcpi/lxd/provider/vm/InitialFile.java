package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.client.model.Bytes;

/**
 * A file, directory or link that is pushed into the guest before its first start. Its owner is root.
 *
 * <p>Contents may be secret, so {@code toString} shows the path only.
 */
sealed interface InitialFile {
    /** Its path. The directory must exist, or come earlier in the list. */
    String path();

    /**
     * A file.
     *
     * @param mode such as {@code 0600}
     */
    record Plain(String path, int mode, Bytes content) implements InitialFile {
        @Override
        public String toString() {
            return path;
        }
    }

    /** A directory with mode 0755. */
    record Directory(String path) implements InitialFile {
        @Override
        public String toString() {
            return path + "/";
        }
    }

    /** A symbolic link. */
    record Link(String path, String target) implements InitialFile {
        @Override
        public String toString() {
            return path + " -> " + target;
        }
    }
}
