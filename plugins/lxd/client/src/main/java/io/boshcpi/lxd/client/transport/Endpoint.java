package io.boshcpi.lxd.client.transport;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where a server is and how to verify it. */
public sealed interface Endpoint permits Endpoint.UnixSocket, Endpoint.Https {
    /** Makes the transport. Does not connect yet, but reads and checks certificates and keys. */
    Transport open();

    /** A socket of this machine. The server trusts every process that may open it. */
    static Endpoint unix(String path) {
        return new UnixSocket(path);
    }

    /** A server on the network. */
    static Endpoint https(URI url, ClientIdentity identity, ServerTrust trust) {
        return new Https(url, identity, trust);
    }

    /**
     * A Unix socket.
     *
     * @param path of the socket; {@code @name} is one in Linux' abstract namespace, as LXD's proxy devices offer
     */
    record UnixSocket(String path) implements Endpoint {
        @Override
        public Transport open() {
            return new PooledTransport(new UnixConnector(path));
        }
    }

    /**
     * A URL.
     *
     * @param url {@code https://HOST:PORT} without a path
     * @param identity how the server knows the client; null for an anonymous client, which sees next to nothing
     * @param trust how the client verifies the server
     */
    record Https(URI url, @Nullable ClientIdentity identity, ServerTrust trust) implements Endpoint {
        @Override
        public Transport open() {
            return new PooledTransport(TlsConnector.to(url, identity, trust));
        }
    }
}
