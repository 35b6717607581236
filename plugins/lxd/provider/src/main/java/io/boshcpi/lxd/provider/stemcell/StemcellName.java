package io.boshcpi.lxd.provider.stemcell;

import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.StemcellCid;

/**
 * The CID of a stemcell: the fingerprint of its image, with the prefix {@code sc-} if the CPI uploaded the image, or
 * {@code light-} if the image was on the server before and stays there.
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

    /** Whether the CPI uploaded the image; false for light stemcells and for CIDs of other CPIs. */
    static boolean isUploaded(StemcellCid stemcell) {
        String name = stemcell.value();
        return name.startsWith(UPLOADED) && isFingerprint(name.substring(UPLOADED.length()));
    }

    static String fingerprint(StemcellCid stemcell) {
        String name = stemcell.value();
        String fingerprint = name.substring(name.indexOf('-') + 1);
        if (!(name.startsWith(UPLOADED) || name.startsWith(LIGHT)) || !isFingerprint(fingerprint)) {
            throw CpiException.badRequest("The stemcell CID " + name + " is not one of this CPI's: those are "
                    + UPLOADED + " or " + LIGHT + " and the image's fingerprint");
        }
        return fingerprint;
    }

    private static boolean isFingerprint(String text) {
        if (text.length() != 64) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if ("0123456789abcdef".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
