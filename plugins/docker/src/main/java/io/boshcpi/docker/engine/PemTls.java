package io.boshcpi.docker.engine;

import com.github.dockerjava.transport.SSLConfig;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS as the configuration has it, in PEM. */
final class PemTls implements SSLConfig {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private final DockerConfig config;

    PemTls(DockerConfig config) {
        this.config = config;
    }

    /** The context, or {@code null} for an engine at a Unix socket. */
    @Override
    public @Nullable SSLContext getSSLContext() {
        if (config.clientCertificate().isEmpty() || config.clientKey().isEmpty()) {
            return null;
        }
        try {
            char[] password = new char[0];
            KeyStore client = emptyStore();
            client.setKeyEntry(
                    "client",
                    key(config.clientKey().get().value()),
                    password,
                    certificates(
                                    "client_certificate",
                                    config.clientCertificate().get())
                            .toArray(new Certificate[0]));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(client, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new CpiException(
                    ErrorType.CPI_ERROR,
                    "TLS cannot be set up with docker.client_certificate, "
                            + "docker.client_key and docker.ca_certificate: " + e.getMessage(),
                    e);
        }
    }

    private TrustManager @Nullable [] trust() throws GeneralSecurityException, IOException {
        if (config.caCertificate().isEmpty()) {
            return null; // Java's own authorities.
        }
        KeyStore authorities = emptyStore();
        int count = 0;
        for (Certificate certificate :
                certificates("ca_certificate", config.caCertificate().get())) {
            authorities.setCertificateEntry("ca" + count++, certificate);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        return trust.getTrustManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(String option, String pem)
            throws GeneralSecurityException {
        Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
        if (certificates.isEmpty()) {
            throw CpiException.badRequest("docker." + option + " holds no certificate in PEM");
        }
        return certificates;
    }

    private static PrivateKey key(String pem) throws GeneralSecurityException {
        int begin = pem.indexOf(BEGIN);
        int end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            throw CpiException.badRequest("docker.client_key is no private key in PEM and PKCS #8 (-----BEGIN PRIVATE"
                    + " KEY-----); `openssl pkcs8 -topk8 -nocrypt` makes one of it");
        }
        byte[] encoded = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
        for (String algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException e) {
                // It is of another algorithm.
            }
        }
        throw CpiException.badRequest("docker.client_key is neither an RSA nor an EC nor an Ed25519 key");
    }
}
