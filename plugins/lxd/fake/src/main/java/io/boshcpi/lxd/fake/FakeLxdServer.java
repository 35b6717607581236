package io.boshcpi.lxd.fake;

import io.boshcpi.lxd.fake.model.Dialect;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.impl.bootstrap.ServerBootstrap;
import org.apache.hc.core5.http.io.HttpRequestHandler;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.newsclub.net.unix.AFUNIXServerSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** Lets a {@link FakeLxd} listen, on a Unix socket or over HTTPS; both may serve the same state. */
public final class FakeLxdServer implements AutoCloseable {
    /** A Unix socket refuses TCP's options. */
    private static final SocketConfig WITHOUT_KEEP_ALIVE = SocketConfig.custom()
            .setTcpKeepIdle(-1)
            .setTcpKeepInterval(-1)
            .setTcpKeepCount(-1)
            .build();

    private final HttpServer server;

    private FakeLxdServer(HttpServer server) {
        this.server = server;
    }

    /** Listens on a Unix socket, whose clients are trusted. */
    public static FakeLxdServer onUnixSocket(FakeLxd lxd, Path socket) throws IOException {
        return started(bootstrap(lxd).setServerSocketFactory(new UnixSockets(socket)));
    }

    /** Listens on a free port of 127.0.0.1 with TLS 1.3; clients prove who they are by their certificate. */
    public static FakeLxdServer onHttps(FakeLxd lxd, Identity server) throws IOException {
        SSLContext tls = server.serverContext();
        return started(bootstrap(lxd)
                .setLocalAddress(InetAddress.getLoopbackAddress())
                .setSslContext(tls)
                .setSslSetupHandler(parameters -> {
                    parameters.setWantClientAuth(true);
                    parameters.setProtocols(new String[] {"TLSv1.3"});
                }));
    }

    private static ServerBootstrap bootstrap(FakeLxd lxd) {
        HttpRequestHandler handler = new HttpAdapter(lxd);
        return ServerBootstrap.bootstrap()
                .setRequestRouter((HttpRequest request, HttpContext context) -> handler)
                .setSocketConfig(WITHOUT_KEEP_ALIVE);
    }

    private static FakeLxdServer started(ServerBootstrap bootstrap) throws IOException {
        HttpServer server = bootstrap.create();
        server.start();
        return new FakeLxdServer(server);
    }

    /** The address of the HTTPS server, {@code https://127.0.0.1:PORT}. */
    public String url() {
        return "https://127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() {
        server.close(CloseMode.IMMEDIATE);
    }

    /** Makes the one server socket, at a path instead of a port. */
    private static final class UnixSockets extends ServerSocketFactory {
        private final Path path;

        UnixSockets(Path path) {
            this.path = path;
        }

        @Override
        public ServerSocket createServerSocket(int port) throws IOException {
            Files.deleteIfExists(path);
            return AFUNIXServerSocket.bindOn(AFUNIXSocketAddress.of(path), true);
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog) throws IOException {
            return createServerSocket(port);
        }

        @Override
        public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
            return createServerSocket(port);
        }
    }

    /** A stand-alone LXD: {@code --socket PATH}. Prints {@code ready PATH} once it listens, and runs until killed. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 2 || !arguments[0].equals("--socket")) {
            System.err.println("usage: FakeLxdServer --socket PATH");
            System.exit(2);
        }
        onUnixSocket(FakeLxd.of(Dialect.LXD), Path.of(arguments[1]));
        System.out.println("ready " + arguments[1]);
        new CountDownLatch(1).await();
    }
}
