package io.boshcpi.lxd.client.session;

import io.boshcpi.lxd.client.engine.ApiReply;
import io.boshcpi.lxd.client.engine.Names;
import io.boshcpi.lxd.client.engine.Rest;
import io.boshcpi.lxd.client.engine.Url;
import io.boshcpi.lxd.client.failure.LxdException.Subject;
import io.boshcpi.lxd.client.model.TrustedCertificate;
import java.util.Optional;

/** Certificates of clients that the server trusts. */
public final class Certificates {
    private final Rest rest;

    Certificates(Rest rest) {
        this.rest = rest;
    }

    /**
     * A certificate, or empty.
     *
     * @param fingerprint SHA-256 of the certificate, in lower-case hexadecimal digits
     */
    public Optional<TrustedCertificate> find(String fingerprint) {
        ApiReply reply =
                rest.find(Url.of("/1.0/certificates").child(Names.check("certificate", fingerprint)), Subject.OTHER);
        return reply == null ? Optional.empty() : Optional.of(TrustedCertificate.of(reply.object()));
    }
}
