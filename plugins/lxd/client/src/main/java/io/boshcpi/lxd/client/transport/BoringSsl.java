package io.boshcpi.lxd.client.transport;

import java.security.Provider;
import org.conscrypt.OpenSSLProvider;

/**
 * BoringSSL, by way of Conscrypt. The one class that knows that library; it is loaded only for HTTPS.
 *
 * <p>Its front door, the class {@code Conscrypt}, reads a file of properties first, for which the JVM opens jars.
 *
 * <p>The provider is not registered with the JVM: plugins and all else in the process keep the JDK's.
 */
final class BoringSsl {
    private BoringSsl() {}

    /**
     * Loads the native library.
     *
     * @throws LinkageError where there is none for this machine, or no Conscrypt
     */
    static Provider provider() {
        return new OpenSSLProvider();
    }
}
