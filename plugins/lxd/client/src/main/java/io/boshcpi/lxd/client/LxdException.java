package io.boshcpi.lxd.client;

import org.jspecify.annotations.Nullable;

/**
 * A request that did not do what was asked.
 *
 * <p>The message names the method, the path (no query, no body, hence no secret) and the server's own words. The {@link Kind}
 * is what a program decides by; it is derived from the status <em>and</em> the text, since the servers use 500 for nearly
 * everything.
 */
public final class LxdException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What went wrong, from the caller's point of view. */
    public enum Kind {
        /** The object, or one that it refers to, does not exist; {@link LxdException#missing()} says which. */
        NOT_FOUND,
        /** Something of that name, fingerprint or address is there already. */
        ALREADY_EXISTS,
        /** Another operation works on the object, or changed it meanwhile, and did so until the deadline. */
        BUSY,
        /**
         * The server lost the process through which it enters the file system of a container, as happens when many are made
         * at once: when the process of one container ends, the server may remove the socket of another's
         * (<a href="https://github.com/canonical/lxd/issues/18403">LXD 18403</a>; LXD 5.0.2 and Incus 6.0.4 have it). The
         * lost process stays for 15 s and each request meanwhile loses the next one, too; deleting or starting the container
         * ends it at once.
         */
        FILES_UNREACHABLE,
        /** The object is attached, running or otherwise needed, so it cannot be changed or deleted. */
        IN_USE,
        /** The instance has to run for this and does not. */
        NOT_RUNNING,
        /** The guest did not react to the request to shut down in the given time. */
        GUEST_TIMEOUT,
        /** The client's certificate or the project's restrictions do not allow it. */
        FORBIDDEN,
        /** A limit of the project is reached. */
        LIMIT_REACHED,
        /** A storage pool or a file system is full. */
        NO_SPACE,
        /** The request is wrong: a name, a key, a value, an address. Sent again it fails again. */
        INVALID,
        /** This server, or this storage driver, cannot do it. */
        UNSUPPORTED,
        /** The server was not reached, is starting or is shutting down; nothing was done. */
        UNREACHABLE,
        /** The server's certificate is not the expected one, or it refuses the client's; nothing was done. */
        UNTRUSTED,
        /** The deadline passed. What was asked may still be going on. */
        TIMED_OUT,
        /** The connection or the server was lost after the request was sent; it may have been done. */
        OUTCOME_UNKNOWN,
        /** This thread was interrupted. What was asked may still be going on. */
        INTERRUPTED,
        /** The answer is no LXD's: not JSON, too long, or without the fields every answer has. */
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

    private final Kind kind;
    private final int status;
    private final String request;
    private final String serverMessage;
    private final @Nullable Subject missing;

    LxdException(Kind kind, int status, String request, String serverMessage, @Nullable Throwable cause) {
        super(request.isEmpty() ? serverMessage : request + ": " + serverMessage, cause);
        this.kind = kind;
        this.status = status;
        this.request = request;
        this.serverMessage = serverMessage;
        this.missing = kind == Kind.NOT_FOUND ? Failures.subjectOf(serverMessage) : null;
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** The HTTP status, or the code that stands in its place in the body of a failed operation; 0 if there was no answer. */
    public int status() {
        return status;
    }

    /** Method and path, without the query: {@code "PATCH /1.0/instances/vm-1"}. */
    public String request() {
        return request;
    }

    /** The server's own words, or the client's if the server said nothing. */
    public String serverMessage() {
        return serverMessage;
    }

    /** What was not found; null unless the kind is {@link Kind#NOT_FOUND}. */
    public @Nullable Subject missing() {
        return missing;
    }

    /** Whether it is of that kind. */
    public boolean is(Kind expected) {
        return kind == expected;
    }

    /** Whether exactly that was not found. */
    public boolean isMissing(Subject subject) {
        return missing == subject;
    }
}
