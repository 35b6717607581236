package io.boshcpi.lxd.client.transport;

import io.boshcpi.lxd.client.transport.NotSentException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.HttpClientHostnameVerifier;
import org.jspecify.annotations.Nullable;

/**
 * Connects over TLS 1.3 or 1.2. The name of the host is verified twice, unless the certificate is pinned: in the
 * handshake by whoever judges the chain of certificates, and after it by HttpClient. So it does not depend on what an
 * implementation of TLS makes of the wish to have it verified.
 */
final class TlsConnector implements Connector {
    private static final long CONNECT_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int DEFAULT_PORT = 443;
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final String host;
    private final int port;
    private final SSLSocketFactory sockets;

    /** Null for a pinned certificate, whose names do not matter. */
    private final @Nullable HttpClientHostnameVerifier hostNames;

    private TlsConnector(URI url, SSLSocketFactory sockets, @Nullable HttpClientHostnameVerifier hostNames) {
        this.host = url.getHost();
        this.port = url.getPort() < 0 ? DEFAULT_PORT : url.getPort();
        this.sockets = sockets;
        this.hostNames = hostNames;
    }

    /** A connector to the URL, whose certificates and key are read and checked now. */
    static TlsConnector to(URI url, @Nullable ClientIdentity identity, ServerTrust trust) {
        return to(url, identity, trust, Cryptography.fastest());
    }

    /** The same with a choice of implementation. */
    static TlsConnector to(URI url, @Nullable ClientIdentity identity, ServerTrust trust, Cryptography cryptography) {
        return toEach(List.of(url), identity, trust, cryptography).get(0);
    }

    /** Connectors to members of one cluster, each of which knows the client and is verified in the same way. */
    static List<TlsConnector> toEach(
            List<URI> urls, @Nullable ClientIdentity identity, ServerTrust trust, Cryptography cryptography) {
        for (URI url : urls) {
            check(url);
        }
        SSLSocketFactory sockets =
                TlsContexts.context(cryptography, identity, trust).getSocketFactory();
        // Without the list of public suffixes: reading it takes a process of one call tens of milliseconds, and
        // HttpClient takes a wildcard such as *.co.uk with it all the same.
        HttpClientHostnameVerifier hostNames =
                trust instanceof ServerTrust.Pinned ? null : new DefaultHostnameVerifier();
        List<TlsConnector> connectors = new ArrayList<>();
        for (URI url : urls) {
            connectors.add(new TlsConnector(url, sockets, hostNames));
        }
        return connectors;
    }

    @Override
    public Connection connect(long deadlineNanos) throws NotSentException {
        long connectDeadline = Math.min(deadlineNanos, System.nanoTime() + CONNECT_TIMEOUT_NANOS);
        try {
            return secured(socket(connectDeadline));
        } catch (IOException e) {
            throw notSent(e, deadlineNanos);
        }
    }

    /** Tries the addresses of the host one after the other. */
    private ChannelSocket socket(long deadlineNanos) throws IOException {
        IOException failure = null;
        for (InetAddress address : InetAddress.getAllByName(host)) {
            SocketChannel channel = SocketChannel.open();
            try {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                return ChannelSocket.connect(channel, new InetSocketAddress(address, port), deadlineNanos);
            } catch (IOException e) {
                channel.close();
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                failure = e;
            }
        }
        throw failure == null ? new IOException("the host has no address") : failure;
    }

    private Connection secured(ChannelSocket wire) throws IOException {
        try {
            SSLSocket socket = (SSLSocket) sockets.createSocket(wire, bareHost(), port, true);
            socket.setEnabledProtocols(PROTOCOLS.clone());
            if (hostNames != null) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
            }
            socket.startHandshake();
            if (hostNames != null) {
                hostNames.verify(
                        bareHost(), (X509Certificate) socket.getSession().getPeerCertificates()[0]);
            }
            return new Connection(wire, socket, host + ":" + port);
        } catch (IOException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    private NotSentException notSent(IOException failure, long deadlineNanos) {
        String server = "https://" + host + ":" + port;
        Reason reason = NotSentException.reasonOf(failure);
        if (reason == Reason.UNTRUSTED) {
            return NotSentException.untrusted(server, failure);
        } else if (reason == Reason.OLD_TLS) {
            return NotSentException.oldTls(server, failure);
        }
        boolean onlyConnectTimedOut = reason == Reason.DEADLINE && System.nanoTime() - deadlineNanos < 0;
        return new NotSentException(
                onlyConnectTimedOut ? Reason.UNREACHABLE : reason,
                "cannot connect to " + server + ": " + failure.getMessage(),
                failure);
    }

    /** A literal IPv6 address stands in brackets in a URL, but not in a certificate. */
    private String bareHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static void check(URI url) {
        String path = url.getRawPath();
        if (!"https".equals(url.getScheme())
                || url.getHost() == null
                || url.getRawUserInfo() != null
                || url.getRawQuery() != null
                || !(path == null || path.isEmpty() || path.equals("/"))) {
            throw new IllegalArgumentException("the server's URL must look like https://HOST:8443");
        }
    }
}
