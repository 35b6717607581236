package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.provider.image.BootMode;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import io.boshcpi.spi.PropertyTree;
import java.util.Optional;

/** The cloud properties that only a virtual machine can have. {@link #OPTIONS} says what they mean. */
public record MachineProperties(Optional<Boolean> secureBoot, Optional<String> bootMode) {
    /** What an operator can write. */
    public static final Options OPTIONS = Options.of(
            Option.bool(
                    "secure_boot",
                    "whether a virtual machine boots only what the firmware's keys have signed; `false` if not given"),
            Option.string(
                            "boot_mode",
                            "how a virtual machine boots; read from the stemcell's disk if not given, and `uefi` for a"
                                    + " light stemcell")
                    .withAllowed("bios", "uefi"));

    static MachineProperties of(PropertyTree properties) {
        return properties.only(OPTIONS.names()).bind(MachineProperties.class, OPTIONS);
    }

    /** How the disk of that stemcell is booted. */
    BootMode bootMode(BootMode ofStemcell) {
        return bootMode.isPresent() ? BootMode.of(bootMode.get()).orElseThrow() : ofStemcell;
    }
}
