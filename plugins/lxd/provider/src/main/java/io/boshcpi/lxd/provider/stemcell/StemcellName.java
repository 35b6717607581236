package io.boshcpi.lxd.provider.stemcell;

import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.StemcellCid;

/**
 * The CID of a stemcell: the fingerprint of its image, with the prefix {@code light-} if the image was on the server
 * before and stays there, or the prefix {@code sc-} if the CPI uploaded it. Stemcells of several names or versions may
 * have one image, so an uploaded one's CID ends with a dash and its {@link #use}. Older CIDs have none.
 */
final class StemcellName {
    private static final String UPLOADED = "sc-";
    private static final String LIGHT = "light-";
    private static final int FINGERPRINT_LENGTH = 64;
    private static final int WITHOUT_USE = UPLOADED.length() + FINGERPRINT_LENGTH;
    private static final int WITH_USE = WITHOUT_USE + 9;

    private StemcellName() {}

    /**
     * The CID of an uploaded stemcell.
     *
     * @param use as {@link #use} tells it
     */
    static StemcellCid uploaded(String fingerprint, String use) {
        return new StemcellCid(UPLOADED + fingerprint + "-" + use);
    }

    /** Eight hexadecimal digits that tell a stemcell from others with the same image. */
    static String use(String stemcell, String version) {
        String digits = Integer.toHexString((stemcell + '/' + version).hashCode());
        return "00000000".substring(digits.length()) + digits;
    }

    /** The use that the CID of an uploaded stemcell ends with; empty if it is an older one. */
    static String useOf(StemcellCid stemcell) {
        String name = stemcell.value();
        return name.length() == WITH_USE ? name.substring(WITHOUT_USE + 1) : "";
    }

    static StemcellCid light(String fingerprint) {
        return new StemcellCid(LIGHT + fingerprint);
    }

    /** Whether the CPI uploaded the image; false for light stemcells and for CIDs of other CPIs. */
    static boolean isUploaded(StemcellCid stemcell) {
        return stemcell.value().startsWith(UPLOADED) && isFingerprint(withoutPrefix(stemcell.value()));
    }

    static String fingerprint(StemcellCid stemcell) {
        String name = stemcell.value();
        String fingerprint = withoutPrefix(name);
        if (!(name.startsWith(UPLOADED) || name.startsWith(LIGHT)) || !isFingerprint(fingerprint)) {
            throw CpiException.badRequest("The stemcell CID " + name + " is not one of this CPI's: those are "
                    + UPLOADED + " or " + LIGHT + " and the image's fingerprint");
        }
        return fingerprint;
    }

    private static String withoutPrefix(String name) {
        boolean hasUse = name.length() == WITH_USE && name.charAt(WITHOUT_USE) == '-' && isHex(name, WITHOUT_USE + 1);
        return name.substring(name.indexOf('-') + 1, hasUse ? WITHOUT_USE : name.length());
    }

    private static boolean isFingerprint(String text) {
        return text.length() == FINGERPRINT_LENGTH && isHex(text, 0);
    }

    private static boolean isHex(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            if ("0123456789abcdef".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
