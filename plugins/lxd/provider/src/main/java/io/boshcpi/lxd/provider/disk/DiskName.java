package io.boshcpi.lxd.provider.disk;

import io.boshcpi.spi.DiskCid;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * The CID of a persistent disk, which is also its volume's name: {@code disk}, four characters that depend on the pool, and
 * sixteen random ones.
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
        StringBuilder name = new StringBuilder(PREFIX).append(poolHash(pool));
        for (int i = 0; i < RANDOM_LENGTH; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new DiskCid(name.toString());
    }

    /** Whether the disk may be in that pool. A CID in another form may be anywhere. */
    static boolean mayBeIn(DiskCid disk, String pool) {
        String name = disk.value();
        boolean own = name.startsWith(PREFIX) && name.length() == PREFIX.length() + POOL_LENGTH + RANDOM_LENGTH;
        return !own || name.startsWith(poolHash(pool), PREFIX.length());
    }

    private static String poolHash(String pool) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(pool.getBytes(StandardCharsets.UTF_8));
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < POOL_LENGTH; i++) {
                text.append(ALPHABET.charAt(hash[i] & 31));
            }
            return text.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
