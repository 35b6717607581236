package io.boshcpi.spi;

import org.apiguardian.api.API;

/** Stemcells: images that VMs are made from. */
@API(status = API.Status.STABLE, since = "1.0")
public interface Stemcells {
    /**
     * Makes the image known to the cloud. The same image given again may give the same CID.
     *
     * @throws CpiException if it fails; then nothing of it is left in the cloud
     */
    StemcellCid create(Call call, StemcellImage image);

    /** Removes what {@link #create} made. Succeeds when it is absent, and leaves what others still use. */
    void delete(Call call, StemcellCid stemcell);
}
