package io.boshcpi.lxd.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Implementation.class)
class HttpsTransportTest extends TransportContract {
    @TempDir
    static Path folder;

    private static OpenSsl openssl;
    private static SSLContext tls;

    private final Implementation implementation;

    private int port;

    HttpsTransportTest(Implementation implementation) {
        this.implementation = implementation;
    }

    @BeforeAll
    static void makeCertificates() throws IOException, GeneralSecurityException {
        openssl = new OpenSsl(folder);
        openssl.selfSigned("client");
        openssl.selfSigned("self");
        char[] password = openssl.password().toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(openssl.keyStore("self"))) {
            store.load(in, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
    }

    @Override
    ScriptedServer listen() throws IOException {
        ServerSocket socket = tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        port = socket.getLocalPort();
        return ScriptedServer.over(socket);
    }

    @Override
    Transport open() throws IOException {
        return implementation.open(
                URI.create("https://127.0.0.1:" + port),
                new ClientIdentity(openssl.read("client.crt"), openssl.read("client.key")),
                new ServerTrust.Pinned(openssl.read("self.crt")));
    }
}
