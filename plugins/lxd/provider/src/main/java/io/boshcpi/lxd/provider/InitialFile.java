package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.client.model.Bytes;

/**
 * Something to put into the guest's file system before its first start; it belongs to root.
 *
 * <p>Contents may be secret, so what is printed is the path only.
 */
sealed interface InitialFile {
    /** Where it goes. Its directory must exist, or come earlier in the list. */
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
