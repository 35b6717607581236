package io.boshcpi.spi;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of the SPI: an error as the Director will see it.
 *
 * <p>The place that throws knows best, so it chooses the type and whether a retry helps. The message is for an
 * operator: it names the thing, what is wrong with it, and what would be right; it never holds a secret. Any other
 * exception that reaches the host becomes {@link ErrorType#CPI_ERROR}, not retryable.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class CpiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorType type;
    private final boolean okToRetry;

    /**
     * @param type the type that the Director acts on
     * @param okToRetry whether the same call may succeed when it is made again; the Director looks at it only for
     *     {@link ErrorType#VM_CREATION_FAILED}
     * @param message for the operator, without secrets
     * @param cause what led to it, or {@code null}
     */
    public CpiException(ErrorType type, boolean okToRetry, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.type = type;
        this.okToRetry = okToRetry;
    }

    /** An error that a retry does not help, without a cause. */
    public CpiException(ErrorType type, String message) {
        this(type, false, message, null);
    }

    /** An error that a retry does not help. */
    public CpiException(ErrorType type, String message, @Nullable Throwable cause) {
        this(type, false, message, cause);
    }

    /** A request or a configuration that is wrong: {@link ErrorType#CPI_ERROR}. */
    public static CpiException badRequest(String message) {
        return new CpiException(ErrorType.CPI_ERROR, message);
    }

    /** The error's type. */
    public ErrorType type() {
        return type;
    }

    /** Whether the same call may succeed when it is made again. */
    public boolean okToRetry() {
        return okToRetry;
    }

    /** The message, never {@code null}. */
    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? type.wireName() : message;
    }
}
