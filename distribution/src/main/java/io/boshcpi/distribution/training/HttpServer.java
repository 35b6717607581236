package io.boshcpi.distribution.training;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** Serves HTTP/1.1 with kept connections, on a Unix socket or with TLS on a port of the loopback interface. */
final class HttpServer implements Closeable {
    /** Answers requests; called by several threads. */
    interface Handler {
        HttpMessage answer(HttpMessage request) throws IOException;
    }

    /** Waits for the next connection. */
    private interface Acceptor {
        Connection accept() throws IOException;
    }

    private record Connection(InputStream in, OutputStream out, Closeable socket) implements Closeable {
        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private final Handler handler;
    private final Closeable listener;

    private HttpServer(Handler handler, Closeable listener, Acceptor acceptor) {
        this.handler = handler;
        this.listener = listener;
        start(() -> {
            while (true) {
                Connection connection = acceptor.accept();
                start(() -> serve(connection));
            }
        });
    }

    static HttpServer onUnixSocket(Path path, Handler handler) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(path));
        return new HttpServer(handler, listener, () -> {
            SocketChannel socket = listener.accept();
            return new Connection(Channels.newInputStream(socket), Channels.newOutputStream(socket), socket);
        });
    }

    /** Listens on a free port, with TLS 1.3, and asks clients for their certificates. */
    static HttpServer onLoopback(SSLContext tls, Handler handler) throws IOException {
        SSLServerSocket listener = (SSLServerSocket)
                tls.getServerSocketFactory().createServerSocket(0, 0, InetAddress.getLoopbackAddress());
        listener.setEnabledProtocols(new String[] {"TLSv1.3"});
        listener.setWantClientAuth(true);
        return new HttpServer(handler, listener, () -> {
            Socket socket = listener.accept();
            return new Connection(socket.getInputStream(), socket.getOutputStream(), socket);
        });
    }

    /** The port of a server with TLS. */
    int port() {
        return ((SSLServerSocket) listener).getLocalPort();
    }

    private void serve(Connection connection) throws IOException {
        try (connection) {
            for (HttpMessage request = HttpMessage.read(connection.in());
                    request != null;
                    request = HttpMessage.read(connection.in())) {
                handler.answer(request).write(connection.out());
            }
        }
    }

    /** Work that ends with the peer's or the listener's socket. */
    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // The peer or the listener is closed.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
