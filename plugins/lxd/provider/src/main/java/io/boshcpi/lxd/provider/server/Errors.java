package io.boshcpi.lxd.provider.server;

import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;

/** Translates failures of the server into the errors that a Director understands. */
public final class Errors {
    private Errors() {}

    static RuntimeException translate(RuntimeException failure) {
        return failure instanceof LxdException lxd ? of(lxd) : failure;
    }

    /** The error for a failure of any method that has no error of its own for it. */
    public static CpiException of(LxdException failure) {
        ErrorType type = failure.is(LxdException.Kind.NO_SPACE) ? ErrorType.NO_DISK_SPACE : ErrorType.CLOUD_ERROR;
        return new CpiException(type, mayPass(failure), message(failure), failure);
    }

    /**
     * The error for a failure of {@code create_vm}. The Director retries at once if the error says that this may help,
     * so a lasting failure must not say so.
     */
    public static CpiException ofVmCreation(RuntimeException failure) {
        if (failure instanceof LxdException lxd) {
            return new CpiException(ErrorType.VM_CREATION_FAILED, mayPass(lxd), message(lxd), lxd);
        } else if (failure instanceof CpiException cpi) {
            return cpi;
        }
        return new CpiException(
                ErrorType.CPI_ERROR, "create_vm failed for a reason that the CPI does not know: " + failure, failure);
    }

    private static boolean mayPass(LxdException failure) {
        return switch (failure.kind()) {
            case BUSY, FILES_UNREACHABLE, UNREACHABLE, MEMBER_UNREACHABLE, OUTCOME_UNKNOWN -> true;
            default -> false;
        };
    }

    private static String message(LxdException failure) {
        String advice = switch (failure.kind()) {
            case UNREACHABLE -> "; is the server running, and may this user open its socket?";
            case MEMBER_UNREACHABLE ->
                "; a member of the cluster is down, or has just come back: `lxc cluster list` or `incus cluster list`"
                        + " tells which";
            case MEMBER_EVACUATED -> "; restore that member, or name another one as cloud_properties.target";
            case UNTRUSTED ->
                "; check lxd.server_certificate or lxd.ca_certificate, and that the server trusts"
                        + " lxd.client_certificate";
            case LEFT_MOUNTED ->
                "; the server was interrupted while it attached this, and has left it mounted until the VM stops:"
                        + " restart the VM, then run the task again";
            case NO_SPACE -> "; the storage pool is full";
            case FORBIDDEN -> "; the project or the client certificate does not allow it";
            case TIMED_OUT -> "; it may still be going on";
            default -> "";
        };
        return failure.getMessage() + advice;
    }
}
