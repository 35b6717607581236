package io.boshcpi.lxd.client.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** The server cannot have seen the request, so sending it again is safe. */
public final class NotSentException extends IOException {
    private static final long serialVersionUID = 1;

    /** Why the request was not sent. */
    public enum Reason {
        /** Nobody listens there, or the connection broke before the request was sent. A restarting server does this. */
        UNREACHABLE,
        /** This user may not open the socket. */
        FORBIDDEN,
        /** No server can have this address. */
        NO_ADDRESS,
        /** The server's certificate is not the expected one, or the server refuses the client's. */
        UNTRUSTED,
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
                Reason.UNTRUSTED, "no trust between here and " + server + ": " + failure.getMessage(), failure);
    }

    /** What a failure to connect, or to send the first byte, means. */
    static Reason reasonOf(IOException failure) {
        if (failure instanceof SocketTimeoutException) {
            return Reason.DEADLINE;
        } else if (failure instanceof InterruptedIOException) {
            return Reason.INTERRUPTED;
        } else if (failure instanceof SSLHandshakeException || failure instanceof SSLPeerUnverifiedException) {
            return Reason.UNTRUSTED;
        }
        return Reason.UNREACHABLE;
    }
}
