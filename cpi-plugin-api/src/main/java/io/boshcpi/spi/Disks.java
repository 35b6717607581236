package io.boshcpi.spi;

import java.util.Map;
import org.apiguardian.api.API;

/** Persistent disks. */
@API(status = API.Status.STABLE, since = "1.0")
public interface Disks {
    /**
     * Makes a blank disk of exactly that size, attached to nothing.
     *
     * @throws CpiException if it fails; then nothing of it is left
     */
    DiskCid create(Call call, DiskRequest request);

    /**
     * Removes the disk. Succeeds when it is absent.
     *
     * @throws CpiException {@link ErrorType#CLOUD_ERROR} if it is in use by a VM
     */
    void delete(Call call, DiskCid disk);

    /** Whether the disk exists. Anything but certainty is an exception. */
    boolean exists(Call call, DiskCid disk);

    /**
     * Attaches the disk to a running VM without a restart. Attaching it again gives the same hint again.
     *
     * @throws CpiException {@link ErrorType#CLOUD_ERROR} if another VM has it, {@link ErrorType#VM_NOT_FOUND},
     *     {@link ErrorType#DISK_NOT_FOUND}
     */
    DiskHint attach(Call call, VmCid vm, DiskCid disk);

    /**
     * Detaches the disk from a running VM; complete on return. Succeeds when disk, VM or attachment are absent.
     *
     * @throws CpiException {@link ErrorType#CLOUD_ERROR} if the guest still uses the disk, which would lose data
     */
    void detach(Call call, VmCid vm, DiskCid disk);

    /**
     * Adds or overwrites tags.
     *
     * @throws CpiException {@link ErrorType#DISK_NOT_FOUND} if it is absent
     */
    void setMetadata(Call call, DiskCid disk, Map<String, String> metadata);
}
