package io.boshcpi.lxd.provider.image;

import io.boshcpi.lxd.client.session.ServerInfo;
import io.boshcpi.spi.CpiException;
import java.util.Map;

/**
 * How a server is told what boots its virtual machines.
 *
 * <p>The words differ: {@code boot.mode} on LXD from 6.6 on (extension {@code instance_boot_mode}), {@code security.csm}
 * and {@code security.secureboot} on Incus and on LXD from 5.21 on ({@code security_csm}), and on an older LXD only the
 * latter, so it boots by UEFI alone.
 *
 * @param hasBootMode whether the server knows {@code boot.mode}
 * @param hasCsm whether it knows {@code security.csm}
 */
public record Firmware(boolean hasBootMode, boolean hasCsm) {
    /** The firmware of that server. */
    public static Firmware of(ServerInfo server) {
        return new Firmware(server.hasExtension("instance_boot_mode"), server.hasExtension("security_csm"));
    }

    /** Refuses what the server cannot boot. */
    public void refuseUnlessBoots(BootMode mode) {
        if (mode == BootMode.BIOS && !hasBootMode && !hasCsm) {
            throw CpiException.badRequest("The stemcell boots by BIOS (its disk has no EFI system partition), and this"
                    + " server boots virtual machines by UEFI alone. Incus and LXD from 5.21 on can (extension"
                    + " security_csm); otherwise take a stemcell whose disk has an EFI system partition");
        }
    }

    /** The keys of an instance's configuration. */
    public Map<String, String> config(BootMode mode, boolean secureBoot) {
        if (mode == BootMode.BIOS) {
            return hasBootMode
                    ? Map.of("boot.mode", "bios")
                    : Map.of("security.csm", "true", "security.secureboot", "false");
        } else if (hasBootMode) {
            return Map.of("boot.mode", secureBoot ? "uefi-secureboot" : "uefi-nosecureboot");
        }
        return Map.of("security.secureboot", String.valueOf(secureBoot));
    }
}
