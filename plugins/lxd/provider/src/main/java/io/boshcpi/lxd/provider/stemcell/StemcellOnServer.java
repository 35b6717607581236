package io.boshcpi.lxd.provider.stemcell;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.model.Image;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.image.BootMode;
import io.boshcpi.lxd.spi.InstanceKind;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.StemcellCid;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stemcell's image as {@code create_vm} finds it.
 *
 * @param fingerprint the image's
 * @param kind what its instances are
 * @param bootMode how the disk of a virtual machine is booted; UEFI if nobody has said, as for a light stemcell
 * @param traits what the stemcell of a container needs, if a VM of it was created before
 */
public record StemcellOnServer(
        String fingerprint, InstanceKind kind, BootMode bootMode, Optional<StemcellTraits> traits) {
    /** The image's property that tells how it is booted, a {@linkplain BootMode#word word}. */
    static final String BOOT_MODE = "user.bosh.boot_mode";

    private static final Logger LOG = LoggerFactory.getLogger(StemcellOnServer.class);

    /** The stemcell, or an error that tells how to upload it again. */
    public static StemcellOnServer get(LxdSession lxd, StemcellCid stemcell) {
        String fingerprint = StemcellName.fingerprint(stemcell);
        Optional<Image> image = lxd.images().find(fingerprint);
        if (image.isEmpty()) {
            throw new CpiException(
                    ErrorType.CLOUD_ERROR,
                    "The stemcell " + stemcell + " is not on the server; `bosh upload-stemcell --fix` brings it back");
        }
        InstanceKind kind = isVirtualMachine(image.get()) ? InstanceKind.VIRTUAL_MACHINE : InstanceKind.CONTAINER;
        Map<String, String> properties = image.get().properties();
        return new StemcellOnServer(
                fingerprint,
                kind,
                BootMode.of(properties.getOrDefault(BOOT_MODE, "")).orElse(BootMode.UEFI),
                StemcellTraits.in(properties));
    }

    static boolean isVirtualMachine(Image image) {
        return image.type().equals(InstanceKind.VIRTUAL_MACHINE.apiName());
    }

    /** Reads the traits from an instance of the stemcell that has not started yet. */
    public StemcellTraits readTraits(LxdSession lxd, String instance) {
        return StemcellReader.read(lxd, instance);
    }

    /** Keeps the traits with the image for the next VM. */
    public void keepTraits(LxdSession lxd, StemcellTraits read) {
        try {
            lxd.images().patchProperties(fingerprint, read.asImageProperties());
        } catch (LxdException e) {
            LOG.warn(
                    "What the stemcell needs could not be kept with its image and is read again next time: {}",
                    e.getMessage());
        }
    }
}
