package io.boshcpi.json;

import java.io.IOException;

/**
 * A document is not JSON.
 *
 * <p>The message reads on after the document's name: {@code "is not valid JSON: it ends too early (line 1, column 9)"}.
 * It tells the place and never quotes the document, which may hold secrets.
 */
public final class MalformedJsonException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedJsonException(String message) {
        super(message);
    }

    MalformedJsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
