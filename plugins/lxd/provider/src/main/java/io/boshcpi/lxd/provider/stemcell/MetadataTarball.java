package io.boshcpi.lxd.provider.stemcell;

import io.boshcpi.lxd.provider.image.SmallTar;
import java.nio.charset.StandardCharsets;

/**
 * The first part of an image: a tar that contains only {@code metadata.yaml}.
 *
 * <p>The image's fingerprint covers it, so the bytes must never change for an architecture: no time stamps, no names,
 * no version of this CPI. Everything else about an image goes into its properties.
 *
 * <p>It has one property, since the whole daemon of LXD 5.0.2 and Incus 6.0.4 crashes when an upload brings properties
 * for an image that has none.
 */
final class MetadataTarball {
    private MetadataTarball() {}

    static byte[] of(String architecture) {
        String text =
                "architecture: " + architecture + "\ncreation_date: 1\nproperties:\n  description: BOSH stemcell\n";
        return new SmallTar()
                .add("metadata.yaml", text.getBytes(StandardCharsets.US_ASCII))
                .toBytes();
    }
}
