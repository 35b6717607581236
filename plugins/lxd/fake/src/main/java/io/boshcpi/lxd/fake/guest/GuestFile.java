package io.boshcpi.lxd.fake.guest;

/**
 * A file of a guest.
 *
 * @param type {@code file}, {@code directory} or {@code symlink}
 * @param mode the permission bits
 * @param content as UTF-8; the target of a link
 */
public record GuestFile(String type, int mode, long uid, long gid, String content) {}
