package io.boshcpi.lxd.provider.image;

import java.util.Optional;

/** How a disk is booted. */
public enum BootMode {
    /** By the code in its first sector. */
    BIOS("bios"),
    /** By a program on its EFI system partition. */
    UEFI("uefi");

    private final String word;

    BootMode(String word) {
        this.word = word;
    }

    /** The mode of that word, or empty. */
    public static Optional<BootMode> of(String word) {
        for (BootMode mode : values()) {
            if (mode.word.equals(word)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }

    /** The word for it in properties: {@code bios} or {@code uefi}. */
    public String word() {
        return word;
    }
}
