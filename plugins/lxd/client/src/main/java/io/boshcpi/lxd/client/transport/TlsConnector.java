package io.boshcpi.lxd.client.transport;

import io.boshcpi.lxd.client.transport.NotSentException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.ssl.TLS;
import org.jspecify.annotations.Nullable;

/** Connects over TLS 1.3 or 1.2. HttpClient does the handshake and verifies the host's name. */
final class TlsConnector implements Connector {
    private static final long CONNECT_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int DEFAULT_PORT = 443;

    private final String host;
    private final int port;
    private final TlsSocketStrategy tls;

    private TlsConnector(String host, int port, TlsSocketStrategy tls) {
        this.host = host;
        this.port = port;
        this.tls = tls;
    }

    /** A connector to the URL, whose certificates and key are read and checked now. */
    static TlsConnector to(URI url, @Nullable ClientIdentity identity, ServerTrust trust) {
        check(url);
        return new TlsConnector(url.getHost(), url.getPort() < 0 ? DEFAULT_PORT : url.getPort(), tls(identity, trust));
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
            return new Connection(
                    wire, tls.upgrade(wire, bareHost(), port, null, HttpCoreContext.create()), host + ":" + port);
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

    private static TlsSocketStrategy tls(@Nullable ClientIdentity identity, ServerTrust trust) {
        ClientTlsStrategyBuilder builder = ClientTlsStrategyBuilder.create()
                .setSslContext(TlsContexts.context(identity, trust))
                .setTlsVersions(TLS.V_1_3, TLS.V_1_2);
        if (trust instanceof ServerTrust.Pinned) {
            builder.setHostVerificationPolicy(HostnameVerificationPolicy.CLIENT)
                    .setHostnameVerifier(NoopHostnameVerifier.INSTANCE);
        } else {
            builder.setHostVerificationPolicy(HostnameVerificationPolicy.BOTH);
        }
        return builder.buildClassic();
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
