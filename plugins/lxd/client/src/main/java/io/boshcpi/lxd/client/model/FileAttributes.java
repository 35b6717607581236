package io.boshcpi.lxd.client.model;

/**
 * Owner, group and mode of a file in a guest.
 *
 * @param uid of the owner as the guest numbers it
 * @param gid of the group as the guest numbers it
 * @param mode permission bits, such as {@code 0600}
 */
public record FileAttributes(int uid, int gid, int mode) {
    /** Owned by the guest's root. */
    public static FileAttributes ofRoot(int mode) {
        return new FileAttributes(0, 0, mode);
    }
}
