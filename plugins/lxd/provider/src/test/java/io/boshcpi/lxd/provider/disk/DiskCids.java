package io.boshcpi.lxd.provider.disk;

import io.boshcpi.spi.DiskCid;
import java.security.SecureRandom;

/** CIDs of disks that do not exist. */
public final class DiskCids {
    private DiskCids() {}

    public static DiskCid inPool(String pool) {
        return DiskName.create(pool, new SecureRandom());
    }
}
