package io.boshcpi.lxd.provider.disk;

import io.boshcpi.spi.DiskCid;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * The CID of a persistent disk, which is also its volume's name: {@code disk}, four characters that depend on the pool,
 * and sixteen random ones.
 *
 * <p>Twenty-four letters and digits: long enough for the agent's lookup by ID, free of the dashes that the server
 * doubles in device names, and with a hint to the pool, since later calls bring nothing but the CID.
 */
final class DiskName {
    private static final String PREFIX = "disk";
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int POOL_LENGTH = 4;
    private static final int RANDOM_LENGTH = 16;

    private DiskName() {}

    /** A new name for a disk in a pool. */
    static DiskCid create(String pool, SecureRandom random) {
        byte[] bytes = new byte[RANDOM_LENGTH];
        random.nextBytes(bytes);
        return new DiskCid(PREFIX + hashOf(pool, POOL_LENGTH) + letters(bytes, RANDOM_LENGTH));
    }

    /** Whether the disk may be in that pool. A CID in another form may be anywhere. */
    static boolean mayBeIn(DiskCid disk, String pool) {
        String name = disk.value();
        boolean own = name.startsWith(PREFIX) && name.length() == PREFIX.length() + POOL_LENGTH + RANDOM_LENGTH;
        return !own || name.startsWith(hashOf(pool, POOL_LENGTH), PREFIX.length());
    }

    private static String hashOf(String text, int length) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return letters(hash, length);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static String letters(byte[] bytes, int length) {
        StringBuilder letters = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            letters.append(ALPHABET.charAt(bytes[i] & 31));
        }
        return letters.toString();
    }
}
