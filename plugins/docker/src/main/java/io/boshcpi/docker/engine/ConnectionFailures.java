package io.boshcpi.docker.engine;

import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What an operator is told of connections that fail. */
final class ConnectionFailures {
    private ConnectionFailures() {}

    /** The error of a connection that was not made or broke. Only TLS does not get better by itself. */
    static CpiException told(DockerConfig config, String request, IOException failure) {
        if (hasCause(failure, CertPathBuilderException.class) || hasCause(failure, CertPathValidatorException.class)) {
            return ofTls(
                    config,
                    config.caCertificate().isPresent()
                            ? "shows a certificate that docker.ca_certificate did not sign, or that is not valid now"
                            : "shows a certificate of no authority that Java knows; docker.ca_certificate can name another",
                    failure);
        } else if (failure instanceof SSLPeerUnverifiedException || hasCause(failure, CertificateException.class)) {
            return ofTls(
                    config,
                    "shows a certificate of another host; docker.url needs a name or an address that the certificate has",
                    failure);
        } else if (failure instanceof SSLException) {
            return ofTls(
                    config,
                    "and this client do not agree on TLS; does it trust docker.client_certificate, and is"
                            + " docker.client_key the key of that?",
                    failure);
        }
        String advice = config.address().getScheme().equals("unix")
                ? "is it running, and may this user open its socket?"
                : "is it running, and does it trust docker.client_certificate?";
        return away(config, request, "(" + failure.getMessage() + "); " + advice, failure);
    }

    /** The error of an answer that did not come in time. */
    static CpiException late(DockerConfig config, String request, Exception cause) {
        return away(config, request, "within docker.timeout and the call's time", cause);
    }

    private static CpiException away(DockerConfig config, String request, String how, Exception cause) {
        return new CpiException(
                ErrorType.CLOUD_ERROR,
                true,
                "The engine at " + config.address() + " (docker.url) does not answer " + request + " " + how,
                cause);
    }

    private static CpiException ofTls(DockerConfig config, String what, IOException cause) {
        return new CpiException(
                ErrorType.CLOUD_ERROR,
                "The engine at " + config.address() + " (docker.url) " + what + " (" + cause.getMessage() + ")",
                cause);
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
