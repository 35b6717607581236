package io.boshcpi.lxd.client.transport;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Makes TLS contexts out of PEM texts. */
final class TlsContexts {
    private TlsContexts() {}

    /** A context of the fastest implementation. */
    static SSLContext context(@Nullable ClientIdentity identity, ServerTrust trust) {
        return context(Cryptography.fastest(), identity, trust);
    }

    /** A context of that implementation, or of the JDK for a key that BoringSSL does not sign with. */
    static SSLContext context(Cryptography preferred, @Nullable ClientIdentity identity, ServerTrust trust) {
        Cryptography cryptography =
                identity != null && Pem.holdsEd25519(identity.keyPem()) ? Cryptography.jdk() : preferred;
        try {
            // The certificates first: BoringSSL may still be loading, and only the JDK reads them.
            List<X509Certificate> chain = identity == null
                    ? List.of()
                    : Pem.certificates("the client certificate", identity.certificatePem());
            TrustManager[] trustManagers = trustManagers(trust);
            SSLContext context = cryptography.tls();
            context.init(
                    identity == null ? new KeyManager[0] : new KeyManager[] {key(cryptography, identity, chain)},
                    trustManagers,
                    null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the certificates cannot be used: " + e.getMessage(), e);
        }
    }

    private static OwnKey key(Cryptography cryptography, ClientIdentity identity, List<X509Certificate> chain) {
        PrivateKey key = Pem.privateKey(cryptography, "the client key", identity.keyPem());
        if (!belongs(cryptography, key, chain.get(0).getPublicKey())) {
            throw new IllegalArgumentException("client_key is not the key of client_certificate: it does not belong to"
                    + " the first certificate there; both have to come from one pair");
        }
        return new OwnKey(key, chain);
    }

    /** A server would only say that it cannot verify the client's signature. */
    private static boolean belongs(Cryptography cryptography, PrivateKey key, PublicKey certified) {
        String algorithm = key.getAlgorithm();
        if (!algorithm.equals(certified.getAlgorithm())) {
            return false;
        }
        try {
            Signature signature = cryptography.signatures(
                    switch (algorithm) {
                        case "EC" -> "SHA256withECDSA";
                        case "RSA" -> "SHA256withRSA";
                        default -> algorithm;
                    });
            signature.initSign(key);
            signature.update((byte) 0);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update((byte) 0);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static TrustManager[] trustManagers(ServerTrust trust) throws GeneralSecurityException, IOException {
        if (trust instanceof ServerTrust.Pinned pinned) {
            return new TrustManager[] {
                new PinnedCertificate(Pem.certificates("the server certificate", pinned.certificatePem())
                        .get(0))
            };
        }
        return trust instanceof ServerTrust.Authority authority
                ? authorities(store(authority.certificatesPem()))
                : authorities(null);
    }

    /** The JDK's judgement of chains of certificates, with either implementation of TLS; null are the JVM's own. */
    private static TrustManager[] authorities(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        TrustManager[] managers = factory.getTrustManagers();
        for (int i = 0; i < managers.length; i++) {
            if (managers[i] instanceof X509ExtendedTrustManager jdk) {
                managers[i] = new Chains(jdk);
            }
        }
        return managers;
    }

    private static KeyStore store(String certificatesPem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (X509Certificate certificate : Pem.certificates("the certificate authority", certificatesPem)) {
            store.setCertificateEntry(Integer.toString(store.size()), certificate);
        }
        return store;
    }

    /** Judges servers; a client has no other peers. */
    private abstract static class ServerJudge extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("this is a client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw new CertificateException("this is a client");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("this is a client");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** The JDK's judgement of chains, which does not know BoringSSL's word for how TLS 1.3 authenticates. */
    private static final class Chains extends ServerJudge {
        private final X509ExtendedTrustManager jdk;

        Chains(X509ExtendedTrustManager jdk) {
            this.jdk = jdk;
        }

        private static String jdksWord(String authType) {
            return authType.equals("GENERIC") ? "UNKNOWN" : authType;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            jdk.checkServerTrusted(chain, jdksWord(authType));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            jdk.checkServerTrusted(chain, jdksWord(authType), socket);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            jdk.checkServerTrusted(chain, jdksWord(authType), engine);
        }
    }

    /**
     * Trusts one certificate and nothing else. The handshake proves that the server has its key; who signed it, whom it
     * names and until when is beside the point.
     */
    private static final class PinnedCertificate extends ServerJudge {
        private final byte[] expected;

        PinnedCertificate(X509Certificate expected) throws CertificateException {
            this.expected = expected.getEncoded();
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            if (chain.length == 0 || !Arrays.equals(chain[0].getEncoded(), expected)) {
                throw new CertificateException("the server's certificate is not the pinned one");
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }
    }
}
