package io.boshcpi.spi;

import java.util.Optional;
import org.apiguardian.api.API;

/**
 * One cloud with one configuration.
 *
 * <p>The host answers {@link ErrorType#NOT_IMPLEMENTED} for the methods of an absent capability; nothing else may
 * throw that type. All methods may be called from several threads at once.
 */
@API(status = API.Status.STABLE, since = "1.0")
public interface CloudProvider extends AutoCloseable {
    /** {@code create_stemcell}, {@code delete_stemcell}. */
    Stemcells stemcells();

    /** The methods whose object is a VM. */
    Vms vms();

    /** The methods whose object is a persistent disk. */
    Disks disks();

    /** {@code resize_disk} and {@code update_disk}: changing a disk in place. */
    default Optional<DiskUpdates> diskUpdates() {
        return Optional.empty();
    }

    /** {@code snapshot_disk}, {@code delete_snapshot}. */
    default Optional<Snapshots> snapshots() {
        return Optional.empty();
    }

    /** {@code create_network}, {@code delete_network}. */
    default Optional<Networks> networks() {
        return Optional.empty();
    }

    /** {@code current_vm_id}: where the CPI itself runs. */
    default Optional<CurrentVm> currentVm() {
        return Optional.empty();
    }

    /** What {@code cpi doctor} and {@code cpi gc} ask. */
    default Optional<Maintenance> maintenance() {
        return Optional.empty();
    }

    /** Ends connections. Called once, when no call is under way any more. */
    @Override
    void close();
}
