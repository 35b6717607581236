package io.boshcpi.lxd.provider.server;

import io.boshcpi.lxd.spi.StorageDriver;
import io.boshcpi.lxd.spi.VolumeRequest;
import io.boshcpi.lxd.spi.VolumeSizes;

/** The size that a volume gets for the one that was asked for. */
public final class VolumeSize {
    private VolumeSize() {}

    /**
     * The size in MiB, which is the one that was asked for or the next larger one that the driver has.
     *
     * @throws io.boshcpi.spi.CpiException if the driver makes no volume as small as that
     */
    public static long of(StorageDriver driver, VolumeRequest request) {
        VolumeSizes sizes = driver.sizes();
        if (request.sizeMib() < sizes.minimumMib()) {
            throw request.wrongSize(
                    "must be at least " + sizes.minimumMib() + " MiB in a pool of the driver " + driver.name());
        }
        return sizes.rounded(request.sizeMib());
    }
}
