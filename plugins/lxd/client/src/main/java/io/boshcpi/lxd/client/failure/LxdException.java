package io.boshcpi.lxd.client.failure;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A request that did not do what was asked.
 *
 * <p>The message names the method, the path and the server's own words. It has neither query nor body and hence no
 * secret. Programs decide by the {@link Kind}, which is derived from the status <em>and</em> the text, since the
 * servers use 500 for nearly everything.
 */
public final class LxdException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What went wrong, from the caller's point of view. */
    public enum Kind {
        /** The object, or one that it refers to, does not exist; {@link LxdException#isMissing} tells which. */
        NOT_FOUND,
        /** An object of that name, fingerprint or address exists already. */
        ALREADY_EXISTS,
        /** Another operation works on the object, or changed it meanwhile, and did so until the deadline. */
        BUSY,
        /**
         * The server lost the process through which it enters the file system of a container. This happens when many
         * are made at once: at the end of one container's process the server may remove the socket of another's (<a
         * href="https://github.com/canonical/lxd/issues/18403">LXD 18403</a>; LXD 5.0.2 and Incus 6.0.4 have it). The
         * lost process stays for 15 s, and each request meanwhile loses the next one as well. Deleting or starting the
         * container ends it at once.
         */
        FILES_UNREACHABLE,
        /** The object is attached, running or otherwise needed, so it cannot be changed or deleted. */
        IN_USE,
        /**
         * The server was killed while it attached this device, and has left it mounted, of which it knows nothing any more.
         * It takes the mount away when the instance stops, and refuses the device until then (Incus 6.0.4).
         */
        LEFT_MOUNTED,
        /** The instance has to run for this and does not. */
        NOT_RUNNING,
        /** The instance runs already. */
        ALREADY_RUNNING,
        /** The guest did not react to the request to shut down in the given time. */
        GUEST_TIMEOUT,
        /** No process of the server's runs in the virtual machine, so the server cannot talk to its guest. */
        GUEST_UNREACHABLE,
        /** The client's certificate or the project's restrictions do not allow it. */
        FORBIDDEN,
        /** The server stopped waiting for an operation, which may still run. The client then waits again. */
        WAIT_TIMED_OUT,
        /** A limit of the project is reached. */
        LIMIT_REACHED,
        /** A storage pool or a file system is full. */
        NO_SPACE,
        /** The request is wrong: a name, a key, a value, an address. Sent again it fails again. */
        INVALID,
        /** This server, or this storage driver, cannot do it. */
        UNSUPPORTED,
        /** The server cannot be reached, is starting or is shutting down; nothing was done. */
        UNREACHABLE,
        /**
         * The member of the cluster that has the object cannot be reached by the one that was asked; nothing was done. A
         * member that comes back is refused for some ten seconds more.
         */
        MEMBER_UNREACHABLE,
        /** The member of the cluster takes no instances, since an operator has evacuated it. */
        MEMBER_EVACUATED,
        /** The server's certificate is not the expected one, or it refuses the client's; nothing was done. */
        UNTRUSTED,
        /** The deadline passed. What was asked may still be going on. */
        TIMED_OUT,
        /** The connection or the server was lost after the request was sent; it may have been done. */
        OUTCOME_UNKNOWN,
        /** This thread was interrupted. What was asked may still be going on. */
        INTERRUPTED,
        /** The answer is not LXD's: not JSON, too long, or without the fields that every answer has. */
        PROTOCOL,
        /** Any other failure of the server. */
        SERVER_ERROR
    }

    /** What a {@link Kind#NOT_FOUND} could not find. */
    public enum Subject {
        INSTANCE,
        IMAGE,
        POOL,
        VOLUME,
        NETWORK,
        PROFILE,
        PROJECT,
        OPERATION,
        /** The server did not say, as for files and devices. */
        OTHER
    }

    /**
     * Why a request failed.
     *
     * @param missing what was not found; null unless the kind is {@link Kind#NOT_FOUND}
     */
    record Reason(Kind kind, @Nullable Subject missing) implements Serializable {}

    private final Reason reason;
    private final int status;

    /**
     * A failure that the client itself detected.
     *
     * @param status of the answer; 0 if there was none
     * @param request method and path; empty if nothing was sent
     */
    public LxdException(Kind kind, int status, String request, String message, @Nullable Throwable cause) {
        this(new Reason(kind, null), status, request, message, cause);
    }

    LxdException(Reason reason, int status, String request, String message, @Nullable Throwable cause) {
        super(request.isEmpty() ? message : request + ": " + message, cause);
        this.reason = reason;
        this.status = status;
    }

    /** The same failure with something added to its message. */
    public LxdException explained(String addition) {
        return new LxdException(reason, status, "", getMessage() + addition, this);
    }

    /** What went wrong. */
    public Kind kind() {
        return reason.kind();
    }

    /** The HTTP status, or the code in the body of a failed operation; 0 if there was no answer. */
    public int status() {
        return status;
    }

    /** Whether the failure is of that kind. */
    public boolean is(Kind expected) {
        return reason.kind() == expected;
    }

    /** Whether exactly that subject was not found. */
    public boolean isMissing(Subject subject) {
        return reason.missing() == subject;
    }
}
