package io.boshcpi.lxd.client.transport;

import java.net.URI;
import java.util.List;
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
        return https(List.of(url), identity, trust);
    }

    /** A cluster on the network, by the URLs of some of its members. */
    static Endpoint https(List<URI> urls, ClientIdentity identity, ServerTrust trust) {
        return new Https(urls, identity, trust);
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
     * URLs of one server, or of members of one cluster, of which the first that can be connected to is used.
     *
     * @param urls {@code https://HOST:PORT} without a path, at least one
     * @param identity how the server knows the client; null for an anonymous client, which sees next to nothing
     * @param trust how the client verifies the server
     */
    record Https(List<URI> urls, @Nullable ClientIdentity identity, ServerTrust trust) implements Endpoint {
        /** Takes a copy. */
        public Https {
            urls = List.copyOf(urls);
        }

        @Override
        public Transport open() {
            List<TlsConnector> members = TlsConnector.toEach(urls, identity, trust, Cryptography.fastest());
            return new PooledTransport(members.size() == 1 ? members.get(0) : new FailoverConnector(members));
        }
    }
}
