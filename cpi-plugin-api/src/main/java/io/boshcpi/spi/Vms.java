package io.boshcpi.spi;

import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/** VMs. */
@API(status = API.Status.STABLE, since = "1.0")
public interface Vms {
    /**
     * Makes and starts a VM with complete agent settings. It need not wait for the guest's boot.
     *
     * @throws CpiException if it fails; then nothing of the VM is left, since BOSH will never ask for its removal.
     *     {@link ErrorType#VM_CREATION_FAILED} with {@code okToRetry} makes the Director try again at once.
     */
    CreatedVm create(Call call, VmRequest request);

    /**
     * Whether the VM exists, in whatever state. A wrong {@code false} makes BOSH build a second VM with the same
     * address and disk, so anything but certainty is an exception.
     */
    boolean exists(Call call, VmCid vm);

    /**
     * Removes the VM with its root and ephemeral disk, whatever state it is in, and keeps persistent disks that are
     * still attached. Succeeds when the VM is absent. Complete on return: address and disks are used again at once.
     */
    void delete(Call call, VmCid vm);

    /**
     * Restarts the VM, the hard way if need be; starts it if it is off.
     *
     * @throws CpiException {@link ErrorType#VM_NOT_FOUND} if it is absent
     */
    void reboot(Call call, VmCid vm);

    /**
     * Adds or overwrites tags without disturbing the VM. Keys and values may hold any characters.
     *
     * @throws CpiException {@link ErrorType#VM_NOT_FOUND} if it is absent
     */
    void setMetadata(Call call, VmCid vm, Map<String, String> metadata);

    /**
     * The cloud properties that give a VM of that size. Pure, and the same in every later version: the answer is part
     * of a VM's desired state, so a change recreates VMs.
     */
    Map<String, Object> cloudPropertiesFor(VmResources resources);

    /**
     * The persistent disks that are attached to the VM.
     *
     * @throws CpiException {@link ErrorType#VM_NOT_FOUND} if it is absent
     */
    List<DiskCid> disks(Call call, VmCid vm);
}
