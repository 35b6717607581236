package io.boshcpi.lxd.provider;

import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.StemcellCid;

/**
 * The CID of a stemcell: the fingerprint of its image, after {@code sc-} if the CPI uploaded it, or after {@code light-}
 * if it was on the server before, and stays.
 */
final class StemcellName {
    private static final String UPLOADED = "sc-";
    private static final String LIGHT = "light-";

    private StemcellName() {}

    static StemcellCid uploaded(String fingerprint) {
        return new StemcellCid(UPLOADED + fingerprint);
    }

    static StemcellCid light(String fingerprint) {
        return new StemcellCid(LIGHT + fingerprint);
    }

    /** Whether the CPI uploaded the image: not of light stemcells, nor of CIDs that are none of this CPI's. */
    static boolean isUploaded(StemcellCid stemcell) {
        String name = stemcell.value();
        return name.startsWith(UPLOADED) && isFingerprint(name.substring(UPLOADED.length()));
    }

    static String fingerprint(StemcellCid stemcell) {
        String name = stemcell.value();
        String fingerprint = name.substring(name.indexOf('-') + 1);
        if (!(name.startsWith(UPLOADED) || name.startsWith(LIGHT)) || !isFingerprint(fingerprint)) {
            throw CpiException.badRequest("The stemcell CID " + name + " is none of this CPI's: those are " + UPLOADED
                    + " or " + LIGHT + " and the image's fingerprint");
        }
        return fingerprint;
    }

    static boolean isFingerprint(String text) {
        return text.length() == 64 && text.chars().allMatch(c -> "0123456789abcdef".indexOf(c) >= 0);
    }
}
