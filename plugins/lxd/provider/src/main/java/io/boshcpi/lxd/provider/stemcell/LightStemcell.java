package io.boshcpi.lxd.provider.stemcell;

import io.boshcpi.lxd.client.model.Image;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.provider.stemcell.StemcellManifest.Content;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.StemcellCid;
import java.util.Optional;

/** A stemcell whose image is on the server already and is not the CPI's to delete. */
final class LightStemcell {
    private final StemcellManifest manifest;
    private final String key;
    private final String value;

    private LightStemcell(StemcellManifest manifest, String key, String value) {
        this.manifest = manifest;
        this.key = key;
        this.value = value;
    }

    /** Empty if the manifest names no image, and the stemcell brings its own. */
    static Optional<LightStemcell> of(StemcellManifest manifest) {
        Optional<String> fingerprint = manifest.fingerprint();
        Optional<String> alias = manifest.alias();
        if (fingerprint.isPresent()) {
            return Optional.of(new LightStemcell(manifest, StemcellManifest.FINGERPRINT, fingerprint.get()));
        }
        return alias.isPresent()
                ? Optional.of(new LightStemcell(manifest, StemcellManifest.ALIAS, alias.get()))
                : Optional.empty();
    }

    /**
     * Its CID, which names the image that an alias stands for now: what the alias is given to later is another stemcell.
     */
    StemcellCid on(LxdSession lxd) {
        Optional<Image> image =
                key.equals(StemcellManifest.ALIAS) ? byAlias(lxd) : lxd.images().find(value);
        if (image.isEmpty()) {
            throw new CpiException(
                    ErrorType.CLOUD_ERROR,
                    "The light stemcell's " + key + " " + value + " names no image in the project " + lxd.project());
        }
        boolean isVirtualMachine = StemcellOnServer.isVirtualMachine(image.get());
        if (manifest.content() == (isVirtualMachine ? Content.FILES : Content.DISK)) {
            throw manifest.contradicted("the light stemcell's " + key + " " + value + " names an image of "
                    + (isVirtualMachine ? "a virtual machine" : "a container"));
        }
        return StemcellName.light(image.get().fingerprint());
    }

    private Optional<Image> byAlias(LxdSession lxd) {
        for (Image image : lxd.images().list()) {
            if (image.aliases().contains(value)) {
                return Optional.of(image);
            }
        }
        return Optional.empty();
    }
}
