package io.boshcpi.spi;

import org.apiguardian.api.API;

/** Tells in which VM of this cloud the CPI itself runs. */
@API(status = API.Status.STABLE, since = "1.0")
public interface CurrentVm {
    /**
     * The VM that the calling process runs in.
     *
     * @throws CpiException {@link ErrorType#VM_NOT_FOUND} if it runs in none of this cloud's
     */
    VmCid id(Call call);
}
