package io.boshcpi.lxd.client.transport;

import java.security.Provider;
import org.conscrypt.Conscrypt;

/**
 * BoringSSL, by way of Conscrypt. The one class that knows that library; it is loaded only for HTTPS.
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
        return Conscrypt.newProvider();
    }
}
