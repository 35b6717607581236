package io.boshcpi.lxd.client.transport;

import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who does TLS and signs: BoringSSL where its library loads, elsewhere the JDK.
 *
 * <p>The JDK does both in Java, which a process of one call only interprets: a handshake takes it 100 ms, and an upload
 * several times as long. Certificates are read by the JDK in any case, and whom to trust is decided by the same code.
 */
final class Cryptography {
    private static final Logger LOG = LoggerFactory.getLogger(Cryptography.class);
    private static final Cryptography JDK = new Cryptography(null);

    private final @Nullable Provider provider;

    private Cryptography(@Nullable Provider provider) {
        this.provider = provider;
    }

    static Cryptography jdk() {
        return JDK;
    }

    /** BoringSSL if it can be had, which is found out once. */
    static Cryptography fastest() {
        return Fastest.INSTANCE;
    }

    boolean isNative() {
        return provider != null;
    }

    SSLContext tls() throws NoSuchAlgorithmException {
        return provider == null ? SSLContext.getInstance("TLS") : SSLContext.getInstance("TLS", provider);
    }

    KeyFactory keys(String algorithm) throws NoSuchAlgorithmException {
        return provider == null ? KeyFactory.getInstance(algorithm) : KeyFactory.getInstance(algorithm, provider);
    }

    Signature signatures(String algorithm) throws NoSuchAlgorithmException {
        return provider == null ? Signature.getInstance(algorithm) : Signature.getInstance(algorithm, provider);
    }

    @Override
    public String toString() {
        return provider == null ? "JDK" : "BoringSSL";
    }

    /** A class of its own, so that the library is loaded when it is first asked for. */
    private static final class Fastest {
        static final Cryptography INSTANCE = choose();

        private static Cryptography choose() {
            try {
                return new Cryptography(BoringSsl.provider());
            } catch (LinkageError e) {
                LOG.info("the JDK does TLS, which takes longer, since BoringSSL does not load: {}", e.getMessage());
                return JDK;
            }
        }
    }
}
