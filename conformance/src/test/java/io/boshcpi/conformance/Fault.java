package io.boshcpi.conformance;

import java.util.Set;

/** A way in which a CPI can be wrong, and the rules that have to find it. */
enum Fault {
    // What a process writes and how it ends
    TEXT_BEFORE_THE_ANSWER("wire.one-document"),
    TWO_ANSWERS("wire.one-document"),
    BYTE_ORDER_MARK("wire.one-document"),
    EXIT_CODE_OF_ERRORS("wire.exit-code"),
    NO_LOG("wire.keys"),
    NULL_AS_LOG("wire.keys"),
    NO_RESULT_IN_ERRORS("wire.keys"),
    NO_OK_TO_RETRY("wire.error-keys"),
    OK_TO_RETRY_AS_TEXT("wire.error-keys"),
    NULL_AS_MESSAGE("wire.error-keys"),
    TYPE_THAT_THE_DIRECTOR_DOES_NOT_KNOW("wire.error-type"),
    STREAMS_STAY_OPEN("wire.ends"),
    HANGS_IN_RESIZE("wire.ends", "disks.resize", "disks.resize-missing"),
    SECRET_IN_LOG("wire.secrets-of-requests"),
    SECRET_IN_STDERR("wire.secrets-of-requests"),
    SECRET_OF_CONTEXT_IN_LOG("wire.secrets-of-requests"),
    SECRET_OF_CONFIGURATION_IN_LOG("wire.secrets-of-configuration"),

    // Requests
    UNKNOWN_METHOD_NOT_SUPPORTED("protocol.unknown-method"),
    RETIRED_METHOD_SERVED("protocol.retired-method"),
    MALFORMED_REQUEST_AS_CLOUD_ERROR("protocol.malformed-request"),
    EMPTY_REQUEST_WITHOUT_ANSWER("protocol.empty-request", "wire.one-document"),
    ARRAY_AS_INFO("protocol.no-object"),
    ARGUMENTS_NOT_COUNTED("protocol.too-few-arguments"),
    TYPES_NOT_CHECKED("protocol.wrong-argument-type"),
    EXTRA_ARGUMENT_REFUSED("protocol.extra-argument"),
    UNKNOWN_KEYS_REFUSED("protocol.unknown-keys"),
    STDIN_LEFT_ALONE("protocol.reads-stdin"),
    ASCII_ONLY("protocol.utf-8"),
    CONTEXT_IGNORED("protocol.context-properties"),

    // info
    NO_API_VERSION("info.director", "info.cli"),
    API_VERSION_AS_TEXT("info.director", "info.cli"),
    API_VERSION_ONE("info.director", "info.cli"),
    CLI_GETS_NO_VERSION("info.cli"),
    NO_FORMATS("info.stemcell-formats", "info.fits-stemcell"),
    OTHER_FORMATS("info.fits-stemcell"),

    // Stemcells
    STEMCELL_CID_NULL("stemcells.create", "stemcells.light", "create-env.cycle"),
    DELETING_A_STEMCELL_FAILS("stemcells.delete"),
    MISSING_STEMCELL_NOT_DELETED("stemcells.delete-missing"),
    SECOND_UPLOAD_DELETES_THE_FIRST(
            "stemcells.second-upload",
            "vms.create",
            "vms.calculated",
            "networks.manual",
            "networks.two",
            "networks.dynamic",
            "concurrency.vms"),
    IMAGE_NOT_LOOKED_AT("stemcells.no-image"),
    LIGHT_STEMCELL_REFUSED("stemcells.light"),
    VM_OF_NO_STEMCELL("stemcells.vm-of-missing"),
    HOPELESS_CREATION_TO_BE_RETRIED("stemcells.vm-of-missing"),

    // VMs
    VM_AS_TEXT(
            "vms.create",
            "vms.calculated",
            "disks.placement-hint",
            "networks.manual",
            "networks.address-again",
            "networks.address-taken",
            "networks.two",
            "networks.dynamic",
            "create-env.cycle",
            "concurrency.vms"),
    VM_AS_TEXT_FOR_THE_CLI("create-env.cycle"),
    HAS_VM_ALWAYS("vms.delete", "vms.has-missing", "concurrency.vms"),
    HAS_VM_NEVER("vms.has", "vms.reboot", "create-env.cycle", "concurrency.vms"),
    HAS_VM_AS_TEXT("vms.has", "vms.has-missing", "vms.reboot", "create-env.cycle", "concurrency.vms"),
    MISSING_VM_NOT_DELETED("vms.delete-missing"),
    METADATA_NOT_SUPPORTED("vms.metadata", "vms.metadata-odd", "create-env.cycle"),
    METADATA_OF_STRINGS_ONLY("vms.metadata-odd", "disks.metadata-odd"),
    METADATA_OF_A_MISSING_VM("vms.metadata-missing"),
    REBOOT_OF_A_MISSING_VM_AS_CLOUD_ERROR("vms.reboot-missing"),
    CALCULATION_CHANGES("vms.calculate"),
    CALCULATION_OF_OTHER_KEYS("vms.calculated"),
    CURRENT_VM_EMPTY("vms.current"),

    // Disks
    DISK_CID_EMPTY("disks.create", "disks.update", "disks.delete-attached", "create-env.cycle", "concurrency.disks"),
    DISK_OF_NO_SIZE("disks.create-bad-size"),
    HAS_DISK_ALWAYS("disks.delete", "disks.has-missing", "disks.update"),
    HAS_DISK_NEVER("disks.has", "disks.update", "disks.keep-when-vm-goes", "disks.delete-attached"),
    MISSING_DISK_NOT_DELETED("disks.delete-missing"),
    NO_HINT("disks.attach", "disks.keep-when-vm-goes", "disks.placement-hint", "create-env.cycle"),
    NUMBER_IN_HINT("disks.attach", "disks.keep-when-vm-goes", "disks.placement-hint", "create-env.cycle"),
    NO_HINT_FOR_THE_CLI("create-env.cycle"),
    SECOND_ATTACH_FAILS("disks.attach-again", "disks.reboot"),
    HINT_CHANGES("disks.attach-again", "disks.reboot"),
    NO_DISK_LISTED("disks.list-attached", "disks.attach-elsewhere", "disks.reboot", "disks.placement-hint"),
    DETACHED_DISK_LISTED("disks.list-detached"),
    DISK_STOLEN("disks.attach-elsewhere"),
    REBOOT_DETACHES("disks.reboot"),
    METADATA_OF_DISKS_NOT_SUPPORTED("disks.metadata", "disks.metadata-odd", "create-env.cycle"),
    DETACH_FAILS("disks.detach", "disks.detach-missing-disk"),
    SECOND_DETACH_FAILS("disks.detach-again"),
    DETACH_OF_A_MISSING_DISK_FAILS("disks.detach-missing-disk"),
    DETACH_FROM_A_MISSING_VM_FAILS("disks.detach-missing-vm"),
    MISSING_DISK_AS_CLOUD_ERROR("disks.attach-missing-disk"),
    MISSING_VM_AS_CLOUD_ERROR("disks.attach-missing-vm"),
    SECOND_RESIZE_FAILS("disks.resize"),
    RESIZE_OF_A_MISSING_DISK("disks.resize-missing"),
    UPDATE_LEAVES_THE_OLD_DISK("disks.update"),
    DISKS_GO_WITH_THE_VM("disks.keep-when-vm-goes"),
    HINT_ATTACHES("disks.placement-hint"),
    ATTACHED_DISK_DELETED_IN_WORDS_ONLY("disks.delete-attached"),

    // Snapshots
    SNAPSHOT_NULL("snapshots.create", "snapshots.duplicate-keys", "snapshots.delete"),
    SNAPSHOT_CID_TWICE("snapshots.create"),
    DUPLICATE_KEYS_REFUSED("snapshots.duplicate-keys"),
    MISSING_SNAPSHOT_NOT_DELETED("snapshots.delete"),
    SNAPSHOT_OF_A_MISSING_DISK("snapshots.missing-disk"),

    // Networks
    OTHER_ADDRESS("networks.manual", "networks.two"),
    ADDRESS_KEPT("networks.address-again"),
    ADDRESS_GIVEN_TWICE("networks.address-taken"),
    ONE_NETWORK_ONLY("networks.two"),
    STALE_ADDRESS_TAKEN("networks.dynamic"),
    NETWORK_WITHOUT_ADDRESSES("networks.create", "networks.delete-missing"),
    MISSING_NETWORK_AS_CLOUD_ERROR("networks.delete-missing"),

    // create-env, and calls at once
    PREFIX_WANTED("create-env.cycle"),
    ONE_INFO_AT_A_TIME("concurrency.info"),
    ONE_CID_AT_ONCE("concurrency.vms"),
    ONE_DISK_AT_ONCE("concurrency.disks");

    @SuppressWarnings("ImmutableEnumChecker") // It is never changed.
    private final Set<String> rules;

    Fault(String... rules) {
        this.rules = Set.of(rules);
    }

    /** The rules that find it. */
    Set<String> rules() {
        return rules;
    }

    /** Whether other rules cannot be judged then. */
    boolean cascades() {
        return switch (this) {
            case STEMCELL_CID_NULL,
                    SECOND_UPLOAD_DELETES_THE_FIRST,
                    DELETING_A_STEMCELL_FAILS,
                    DISK_CID_EMPTY,
                    DETACH_FAILS -> true;
            default -> false;
        };
    }
}
