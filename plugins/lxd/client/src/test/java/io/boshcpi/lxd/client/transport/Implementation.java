package io.boshcpi.lxd.client.transport;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The implementations of TLS, which have to behave alike. */
enum Implementation {
    JDK,
    BORING_SSL;

    /** The implementation; the test is not for machines that have no library of it. */
    Cryptography cryptography() {
        if (this == JDK) {
            return Cryptography.jdk();
        }
        assumeTrue(Cryptography.fastest().isNative(), "BoringSSL does not load here");
        return Cryptography.fastest();
    }

    /** A transport to a server. */
    Transport open(URI url, @Nullable ClientIdentity identity, ServerTrust trust) {
        return new PooledTransport(TlsConnector.to(url, identity, trust, cryptography()));
    }
}
