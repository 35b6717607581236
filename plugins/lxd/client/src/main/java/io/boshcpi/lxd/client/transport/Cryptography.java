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
    private static final Cryptography JDK = new Cryptography(null);

    /** Null for the JDK. */
    private final @Nullable Library library;

    private Cryptography(@Nullable Library library) {
        this.library = library;
    }

    static Cryptography jdk() {
        return JDK;
    }

    /**
     * BoringSSL if it can be had, which is found out once, on another thread: its library takes a process of one call as
     * long to load as the certificates take to read. What is asked of this waits for that thread.
     */
    static Cryptography fastest() {
        return Fastest.INSTANCE;
    }

    boolean isNative() {
        return provider() != null;
    }

    SSLContext tls() throws NoSuchAlgorithmException {
        Provider provider = provider();
        return provider == null ? SSLContext.getInstance("TLS") : SSLContext.getInstance("TLS", provider);
    }

    KeyFactory keys(String algorithm) throws NoSuchAlgorithmException {
        Provider provider = provider();
        return provider == null ? KeyFactory.getInstance(algorithm) : KeyFactory.getInstance(algorithm, provider);
    }

    Signature signatures(String algorithm) throws NoSuchAlgorithmException {
        Provider provider = provider();
        return provider == null ? Signature.getInstance(algorithm) : Signature.getInstance(algorithm, provider);
    }

    private @Nullable Provider provider() {
        return library == null ? null : library.loaded();
    }

    @Override
    public String toString() {
        return isNative() ? "BoringSSL" : "JDK";
    }

    /** A class of its own, so that the library is loaded when it is first asked for. */
    private static final class Fastest {
        static final Cryptography INSTANCE = new Cryptography(Library.load());
    }

    /** Loads BoringSSL. */
    private static final class Library extends Thread {
        private static final Logger LOG = LoggerFactory.getLogger(Cryptography.class);

        private volatile @Nullable Provider provider;

        private Library() {
            super("boringssl");
            setDaemon(true);
        }

        static Library load() {
            Library library = new Library();
            library.start();
            return library;
        }

        @Override
        public void run() {
            try {
                provider = BoringSsl.provider();
            } catch (LinkageError | RuntimeException e) {
                LOG.info("the JDK does TLS, which takes longer, since BoringSSL does not load: {}", e.getMessage());
            }
        }

        /** The provider; null if there is none for this machine. */
        @Nullable
        Provider loaded() {
            boolean interrupted = false;
            while (isAlive()) {
                try {
                    join();
                } catch (InterruptedException e) {
                    interrupted = true; // It ends soon, and without it there is no answer.
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return provider;
        }
    }
}
