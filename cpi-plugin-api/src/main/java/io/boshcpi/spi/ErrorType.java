package io.boshcpi.spi;

import org.apiguardian.api.API;

/**
 * The error types that a Director and the {@code bosh} CLI know, with the names that they have in a response.
 *
 * <p>Anything else would be raised as an unknown error, which is tolerated nowhere.
 */
@API(status = API.Status.STABLE, since = "1.0")
public enum ErrorType {
    /** A malformed request, a wrong configuration or a fault of the CPI itself. */
    CPI_ERROR("Bosh::Clouds::CpiError"),
    /** The method or the capability does not exist here. The Director then does without it where it can. */
    NOT_IMPLEMENTED("Bosh::Clouds::NotImplemented"),
    /**
     * This one request cannot be served although the method exists. Only for {@code resize_disk} and
     * {@code update_disk}, where the Director then copies to a new disk; elsewhere it fails the task.
     */
    NOT_SUPPORTED("Bosh::Clouds::NotSupported"),
    /** An ordinary failure of the cloud. */
    CLOUD_ERROR("Bosh::Clouds::CloudError"),
    /** The VM does not exist. A delete of an absent VM succeeds instead. */
    VM_NOT_FOUND("Bosh::Clouds::VMNotFound"),
    /** The network does not exist. A delete of an absent network succeeds instead. */
    NETWORK_NOT_FOUND("Bosh::Clouds::NetworkNotFound"),
    /** {@code create_vm} failed; with {@code ok_to_retry} the Director calls again at once, with the same agent ID. */
    VM_CREATION_FAILED("Bosh::Clouds::VMCreationFailed"),
    /** There is no room for the disk. */
    NO_DISK_SPACE("Bosh::Clouds::NoDiskSpace"),
    /** The disk is not attached. A detach of what is not attached succeeds instead. */
    DISK_NOT_ATTACHED("Bosh::Clouds::DiskNotAttached"),
    /** The disk does not exist. A delete of an absent disk succeeds instead. */
    DISK_NOT_FOUND("Bosh::Clouds::DiskNotFound"),
    /** The stemcell does not exist. Known to the CLI, unknown to the Director. */
    STEMCELL_NOT_FOUND("Bosh::Clouds::StemcellNotFound");

    private final String wireName;

    ErrorType(String wireName) {
        this.wireName = wireName;
    }

    /** The name in the response's {@code error.type}. */
    public String wireName() {
        return wireName;
    }
}
