package io.boshcpi.lxd.provider;

/**
 * Something to put into the guest's file system before its first start; it belongs to root.
 *
 * <p>Contents may be secret, so {@link #toString} shows the path only.
 */
sealed interface InitialFile {
    /** Where it goes. Its directory must exist, or come earlier in the list. */
    String path();

    /**
     * A file.
     *
     * @param mode such as {@code 0600}
     */
    record Plain(String path, int mode, byte[] content) implements InitialFile {
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
