package io.boshcpi.lxd.client.transport;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The server could not be reached, or was not trusted: no byte of the request was sent, so sending it again is safe. */
public final class NotSentException extends IOException {
    private static final long serialVersionUID = 1;

    private final boolean worthRetrying;

    /** A failure that may pass, such as a refused connection while the server restarts. */
    public NotSentException(String message, Throwable cause) {
        this(message, true, cause);
    }

    /** A failure of the kind told.
     *
     * @param worthRetrying false if trying again cannot help, such as with a certificate that is not the expected one */
    public NotSentException(String message, boolean worthRetrying, @Nullable Throwable cause) {
        super(message, cause);
        this.worthRetrying = worthRetrying;
    }

    /** Whether the failure may pass by itself. */
    public boolean isWorthRetrying() {
        return worthRetrying;
    }
}
