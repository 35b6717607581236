package io.boshcpi.core.action;

import org.jspecify.annotations.Nullable;

/** The methods of the contract by name. A switch, so that a call loads the class of its own method only. */
public final class Actions {
    private Actions() {}

    /** The action of a method, or {@code null} if this CPI does not have the method. */
    public static @Nullable Action named(String method) {
        return switch (method) {
            case "info" -> new Info();
            case "ping" -> new Ping();
            case "create_stemcell" -> new CreateStemcell();
            case "delete_stemcell" -> new DeleteStemcell();
            case "create_vm" -> new CreateVm();
            case "delete_vm" -> new DeleteVm();
            case "has_vm" -> new HasVm();
            case "reboot_vm" -> new RebootVm();
            case "set_vm_metadata" -> new SetVmMetadata();
            case "calculate_vm_cloud_properties" -> new CalculateVmCloudProperties();
            case "create_disk" -> new CreateDisk();
            case "delete_disk" -> new DeleteDisk();
            case "has_disk" -> new HasDisk();
            case "attach_disk" -> new AttachDisk();
            case "detach_disk" -> new DetachDisk();
            case "resize_disk" -> new ResizeDisk();
            case "update_disk" -> new UpdateDisk();
            case "set_disk_metadata" -> new SetDiskMetadata();
            case "snapshot_disk" -> new SnapshotDisk();
            case "delete_snapshot" -> new DeleteSnapshot();
            case "get_disks" -> new GetDisks();
            case "current_vm_id" -> new CurrentVmId();
            case "create_network" -> new CreateNetwork();
            case "delete_network" -> new DeleteNetwork();
            default -> null; // configure_networks too: it left the contract long ago.
        };
    }
}
