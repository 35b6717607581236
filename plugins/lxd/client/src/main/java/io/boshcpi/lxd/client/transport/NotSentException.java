package io.boshcpi.lxd.client.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** The server cannot have seen the request, so sending it again is safe. */
public final class NotSentException extends IOException {
    private static final long serialVersionUID = 1;

    /** Why the request was not sent. */
    public enum Reason {
        /** Nothing listens there, or the connection broke before the request was sent. A restarting server does this. */
        UNREACHABLE,
        /** This user may not open the socket. */
        FORBIDDEN,
        /** No server can have this address. */
        NO_ADDRESS,
        /** The server's certificate is not the expected one, or the server refuses the client's. */
        UNTRUSTED,
        /** The server speaks no version of TLS that is safe. */
        OLD_TLS,
        /** The deadline passed first. */
        DEADLINE,
        /** The thread was interrupted first. */
        INTERRUPTED,
        /** The transport is closed. */
        CLOSED
    }

    private final Reason reason;

    /** A failure for that reason. */
    public NotSentException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why the request was not sent. */
    public Reason reason() {
        return reason;
    }

    /** Whether the failure may pass by itself. */
    public boolean isWorthRetrying() {
        return reason == Reason.UNREACHABLE;
    }

    /** Client and server do not trust each other. */
    static NotSentException untrusted(String server, IOException failure) {
        return new NotSentException(
                Reason.UNTRUSTED, "no trust between here and " + server + ": " + TlsFailures.text(failure), failure);
    }

    /** The server is too old, or none that can be meant. */
    static NotSentException oldTls(String server, IOException failure) {
        return new NotSentException(
                Reason.OLD_TLS,
                server + " speaks only versions of TLS older than 1.2, which are unsafe; it has to offer 1.2 or 1.3",
                failure);
    }

    /** What a failure to connect, or to send the first byte, means. */
    static Reason reasonOf(IOException failure) {
        if (failure instanceof SocketTimeoutException) {
            return Reason.DEADLINE;
        } else if (failure instanceof InterruptedIOException) {
            return Reason.INTERRUPTED;
        } else if (TlsFailures.isOldTls(failure)) {
            return Reason.OLD_TLS;
        } else if (TlsFailures.isDistrust(failure)) {
            return Reason.UNTRUSTED;
        }
        return Reason.UNREACHABLE;
    }
}
