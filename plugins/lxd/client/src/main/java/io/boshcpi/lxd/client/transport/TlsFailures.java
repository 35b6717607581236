package io.boshcpi.lxd.client.transport;

import java.io.IOException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * What the failures of TLS mean. The JDK tells them apart by their types, BoringSSL by names such as
 * {@code TLSV1_ALERT_UNKNOWN_CA} in messages.
 */
final class TlsFailures {
    private static final String BEFORE_NAME = "OPENSSL_internal:";

    /** Parts of names of refusals. With TLS 1.3 the server's come after the handshake. */
    private static final String[] REFUSALS = {"CERTIFICATE", "UNKNOWN_CA", "ACCESS_DENIED", "DECRYPT_ERROR", "SIGNATURE"
    };

    private TlsFailures() {}

    /** The server speaks no version of TLS that is safe. */
    static boolean isOldTls(IOException failure) {
        if (!(failure instanceof SSLException)) {
            return false;
        }
        String message = message(failure);
        return message.contains("protocol_version")
                || message.contains("selected protocol version")
                || message.contains("PROTOCOL_VERSION")
                || message.contains("UNSUPPORTED_PROTOCOL");
    }

    /** The client does not trust the server, or the server does not trust the client. */
    static boolean isDistrust(IOException failure) {
        if (!(failure instanceof SSLException)) {
            return false;
        }
        String name = boringName(failure);
        if (name == null) {
            return failure instanceof SSLHandshakeException || failure instanceof SSLPeerUnverifiedException;
        }
        for (String refusal : REFUSALS) {
            if (name.contains(refusal)) {
                return true;
            }
        }
        return name.contains("ALERT") && failure instanceof SSLHandshakeException;
    }

    /** What is wrong, in words: both implementations put it into the innermost of the causes. */
    static String text(Throwable failure) {
        String name = boringName(failure);
        return name == null ? message(failure) : name.replace('_', ' ').toLowerCase(Locale.ROOT);
    }

    /** Java puts the texts of causes behind the names of their classes; the innermost text says what is wrong. */
    private static String message(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            message = cause.getMessage() == null ? message : cause.getMessage();
        }
        return message;
    }

    /** BoringSSL's name of the failure, out of {@code error:…:SSL routines:OPENSSL_internal:NAME (file:line …)}. */
    private static @Nullable String boringName(Throwable failure) {
        String message = message(failure);
        int start = message.indexOf(BEFORE_NAME);
        if (start < 0) {
            return null;
        }
        start += BEFORE_NAME.length();
        int end = message.indexOf(' ', start);
        return end < 0 ? message.substring(start) : message.substring(start, end);
    }
}
