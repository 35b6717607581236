package io.boshcpi.distribution.faults;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a Director calls, and what has to be there before. */
enum Method {
    CREATE_STEMCELL,
    DELETE_STEMCELL,
    CREATE_VM,
    SET_VM_METADATA,
    DELETE_VM,
    REBOOT_VM,
    CREATE_DISK,
    SET_DISK_METADATA,
    ATTACH_DISK,
    DETACH_DISK,
    RESIZE_DISK,
    UPDATE_DISK,
    SNAPSHOT_DISK,
    DELETE_SNAPSHOT,
    DELETE_DISK,
    CREATE_NETWORK,
    DELETE_NETWORK,
    /** The stemcell of a virtual machine. */
    CREATE_MACHINE_STEMCELL,
    CREATE_MACHINE,
    DELETE_MACHINE;

    /** The name on the wire. */
    String wireName() {
        return switch (this) {
            case CREATE_MACHINE_STEMCELL -> CREATE_STEMCELL.wireName();
            case CREATE_MACHINE -> CREATE_VM.wireName();
            case DELETE_MACHINE -> DELETE_VM.wireName();
            default -> name().toLowerCase(Locale.ROOT);
        };
    }

    /** The name in the table. */
    String title() {
        return "`" + wireName() + "`" + (concernsMachines() ? ", virtual machine" : "");
    }

    boolean concernsMachines() {
        return this == CREATE_MACHINE_STEMCELL || this == CREATE_MACHINE || this == DELETE_MACHINE;
    }

    boolean concernsNetworks() {
        return this == CREATE_NETWORK || this == DELETE_NETWORK;
    }

    /** What the CID in its result names; null if there is none. */
    @Nullable
    String made() {
        return switch (this) {
            case CREATE_STEMCELL, CREATE_MACHINE_STEMCELL -> "stemcell";
            case CREATE_VM, CREATE_MACHINE -> "vm";
            case CREATE_DISK, UPDATE_DISK -> "disk";
            case SNAPSHOT_DISK -> "snapshot";
            case CREATE_NETWORK -> "network";
            default -> null;
        };
    }

    /** The calls that come before. */
    List<Method> before() {
        return switch (this) {
            case CREATE_STEMCELL, CREATE_MACHINE_STEMCELL, CREATE_DISK, CREATE_NETWORK -> List.of();
            case CREATE_VM, DELETE_STEMCELL -> List.of(CREATE_STEMCELL);
            case SET_VM_METADATA -> List.of(CREATE_STEMCELL, CREATE_VM);
            case DELETE_VM, REBOOT_VM -> List.of(CREATE_STEMCELL, CREATE_VM, SET_VM_METADATA);
            case ATTACH_DISK -> List.of(CREATE_STEMCELL, CREATE_VM, SET_VM_METADATA, CREATE_DISK);
            case DETACH_DISK ->
                List.of(CREATE_STEMCELL, CREATE_VM, SET_VM_METADATA, CREATE_DISK, ATTACH_DISK, SET_DISK_METADATA);
            case SET_DISK_METADATA -> List.of(CREATE_DISK);
            case RESIZE_DISK, UPDATE_DISK, SNAPSHOT_DISK, DELETE_DISK -> List.of(CREATE_DISK, SET_DISK_METADATA);
            case DELETE_SNAPSHOT -> List.of(CREATE_DISK, SET_DISK_METADATA, SNAPSHOT_DISK);
            case DELETE_NETWORK -> List.of(CREATE_NETWORK);
            case CREATE_MACHINE -> List.of(CREATE_MACHINE_STEMCELL);
            case DELETE_MACHINE -> List.of(CREATE_MACHINE_STEMCELL, CREATE_MACHINE, SET_VM_METADATA);
        };
    }

    /** The call by which a Director shows that it knows the new CID; null if there is none. */
    @Nullable
    Method confirmation() {
        return switch (this) {
            case CREATE_VM, CREATE_MACHINE -> SET_VM_METADATA;
            case CREATE_DISK, UPDATE_DISK -> SET_DISK_METADATA;
            default -> null;
        };
    }
}
