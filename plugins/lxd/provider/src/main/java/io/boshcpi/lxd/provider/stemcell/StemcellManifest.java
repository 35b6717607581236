package io.boshcpi.lxd.provider.stemcell;

import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.PropertyTree;
import java.util.Optional;
import java.util.Set;

/**
 * What is read of a stemcell's manifest, each field with its alphabet and its length.
 *
 * <p>The manifest comes with the stemcell, hence from somebody else, and what it says goes to the server: into the YAML of
 * the image's metadata, and into properties that the server writes into YAML again. A text that the server's daemon
 * cannot digest may end it, and all other calls with it.
 */
final class StemcellManifest {
    /** What LXD and Incus know. */
    private static final Set<String> ARCHITECTURES = Set.of(
            "aarch64",
            "amd64",
            "arm64",
            "armv6l",
            "armv7l",
            "armv8l",
            "i686",
            "loongarch64",
            "mips",
            "mips64",
            "ppc",
            "ppc64",
            "ppc64le",
            "riscv32",
            "riscv64",
            "s390x",
            "x86_64");

    /** What the stemcell's image contains, as its manifest says. */
    enum Content {
        /** The files of a container. */
        FILES,
        /** The disk of a virtual machine. */
        DISK,
        /** The manifest does not say. */
        UNSAID
    }

    static final String FINGERPRINT = "image_fingerprint";
    static final String ALIAS = "image_alias";
    private static final String ARCHITECTURE = "architecture";
    private static final String DISK_FORMAT = "disk_format";
    private static final int MAX_LENGTH = 255;

    private final PropertyTree properties;

    StemcellManifest(PropertyTree properties) {
        this.properties = properties;
    }

    /** The architecture, one word. */
    String architecture() {
        String architecture = properties.string(ARCHITECTURE).orElse("x86_64");
        if (!ARCHITECTURES.contains(architecture)) {
            throw properties.wrong(
                    ARCHITECTURE,
                    (isPrintable(architecture) ? "is " + architecture : "has characters that cannot be printed")
                            + "; the architectures of LXD and Incus are x86_64, aarch64, ppc64le, s390x, riscv64 and"
                            + " their like");
        }
        return architecture;
    }

    /** A name, such as the stemcell's or its version, or the empty string. */
    String text(String key) {
        String text = properties.string(key).orElse("");
        if (text.length() > MAX_LENGTH) {
            throw properties.wrong(key, "is longer than " + MAX_LENGTH + " characters");
        } else if (!isPrintable(text)) {
            throw properties.wrong(key, "has characters that cannot be printed, such as a line break");
        }
        return text;
    }

    /** The beginning of an image's fingerprint that makes a light stemcell. */
    Optional<String> fingerprint() {
        Optional<String> fingerprint = properties.string(FINGERPRINT);
        if (fingerprint.isPresent() && !isHexadecimal(fingerprint.get())) {
            throw properties.wrong(
                    FINGERPRINT, "is not the fingerprint of an image, or its beginning: up to 64 digits 0-9 and a-f");
        }
        return fingerprint;
    }

    /** The alias of an image that makes a light stemcell. */
    Optional<String> alias() {
        String alias = text(ALIAS);
        if (!alias.isEmpty() && properties.string(FINGERPRINT).isPresent()) {
            throw properties.wrong(ALIAS, "stands beside " + FINGERPRINT + "; one of them says which image it is");
        }
        return alias.isEmpty() ? Optional.empty() : Optional.of(alias);
    }

    /** Whether the stemcell is for containers or for virtual machines; refuses one for another hypervisor. */
    Content content() {
        String format = properties.string(DISK_FORMAT).orElse("");
        return switch (format) {
            case "" -> Content.UNSAID;
            case "files", "tar" -> Content.FILES;
            case "qcow2", "raw" -> Content.DISK;
            default ->
                throw properties.wrong(
                        DISK_FORMAT,
                        "is " + (isPrintable(format) && format.length() <= MAX_LENGTH ? format : "no word")
                                + "; this CPI takes files for containers (stemcells of the format warden-tar or"
                                + " general-tar), and disks in qcow2 or raw for virtual machines (openstack-qcow2,"
                                + " openstack-raw)");
        };
    }

    /** The refusal of an image that is not what the manifest says. */
    CpiException contradicted(String fact) {
        return properties.wrong(
                DISK_FORMAT, "is " + properties.string(DISK_FORMAT).orElse("") + ", but " + fact);
    }

    private static boolean isHexadecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= 64;
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            switch (Character.getType(text.codePointAt(i))) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.PRIVATE_USE,
                        Character.SURROGATE,
                        Character.UNASSIGNED -> {
                    return false;
                }
                default -> {}
            }
        }
        return true;
    }
}
