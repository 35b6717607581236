package io.boshcpi.spi;

import org.apiguardian.api.API;

/** Changing a detached persistent disk in place. */
@API(status = API.Status.STABLE, since = "1.0")
public interface DiskUpdates {
    /**
     * Gives the disk a new size in MiB. Succeeds when it has that size already.
     *
     * @throws CpiException {@link ErrorType#NOT_SUPPORTED} if this disk cannot be given this size (shrinking): the
     *     Director then copies to a new disk. {@link ErrorType#DISK_NOT_FOUND} if it is absent.
     */
    void resize(Call call, DiskCid disk, long sizeMib);

    /**
     * Gives the disk a new size and new cloud properties.
     *
     * @return the CID under which it is known from now on; if it is another one, the old disk no longer exists
     * @throws CpiException as {@link #resize}
     */
    DiskCid update(Call call, DiskCid disk, long sizeMib, PropertyTree properties);
}
