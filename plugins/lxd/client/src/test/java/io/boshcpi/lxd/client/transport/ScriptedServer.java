package io.boshcpi.lxd.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A server that does what a test tells it to, byte for byte, on any kind of socket. Each connection is served by the
 * next of the behaviours, and by the last one from then on.
 */
final class ScriptedServer implements AutoCloseable {
    interface Behaviour {
        void serve(Connection connection) throws IOException, InterruptedException;
    }

    /** Where connections come from. */
    interface Listener extends Closeable {
        Peer accept() throws IOException;
    }

    /** The two directions of a connection. */
    record Peer(InputStream in, OutputStream out, Closeable socket) implements Closeable {
        static Peer of(SocketChannel channel) {
            return new Peer(Channels.newInputStream(channel), Channels.newOutputStream(channel), channel);
        }

        static Peer of(Socket socket) throws IOException {
            return new Peer(socket.getInputStream(), socket.getOutputStream(), socket);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private final Listener listener;
    private final Queue<Behaviour> behaviours = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Peer> connections = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Semaphore ended = new Semaphore(0);
    private Behaviour last = connection -> {};

    private ScriptedServer(Listener listener) {
        this.listener = listener;
        threads.execute(this::accept);
    }

    static ScriptedServer at(Path socket) throws IOException {
        return over(ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket)));
    }

    static ScriptedServer over(ServerSocketChannel channel) {
        return new ScriptedServer(new Listener() {
            @Override
            public Peer accept() throws IOException {
                return Peer.of(channel.accept());
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        });
    }

    /** A server on the socket, which may speak TLS. */
    static ScriptedServer over(ServerSocket socket) {
        return new ScriptedServer(new Listener() {
            @Override
            public Peer accept() throws IOException {
                return Peer.of(socket.accept());
            }

            @Override
            public void close() throws IOException {
                socket.close();
            }
        });
    }

    ScriptedServer then(Behaviour behaviour) {
        behaviours.add(behaviour);
        return this;
    }

    /** Answers every request of a connection with 200 and its own target. */
    static void echo(Connection connection) throws IOException {
        for (String request = connection.read(); !request.isEmpty(); request = connection.read()) {
            connection.answer(request);
        }
    }

    /** Method and target of all requests that arrived as a whole. */
    List<String> requests() {
        return requests;
    }

    int connections() {
        return connections.size();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Peer connection : connections) {
            connection.close();
        }
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                Peer peer = listener.accept();
                connections.add(peer);
                Behaviour next = behaviours.poll();
                last = next == null ? last : next;
                Behaviour behaviour = last;
                threads.execute(() -> serve(peer, behaviour));
            }
        } catch (IOException | RejectedExecutionException e) {
            // the test is over
            return;
        }
    }

    private void serve(Peer peer, Behaviour behaviour) {
        try (peer) {
            behaviour.serve(new Connection(peer));
        } catch (IOException e) {
            // the client has gone, which is what many of the tests are about
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.release();
        }
    }

    /** Waits until one more connection was closed from this side. */
    void awaitEnd() throws InterruptedException {
        assertThat(ended.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }

    /** One connection, seen from the server. */
    final class Connection {
        private final InputStream in;
        private final OutputStream out;

        private Connection(Peer peer) {
            this.in = peer.in();
            this.out = peer.out();
        }

        /** Reads a request with its body and returns method and target, or nothing at the end of the connection. */
        String read() throws IOException {
            String head = readHead();
            if (head.isEmpty()) {
                return "";
            }
            int length = head.toLowerCase(Locale.ROOT).indexOf("content-length: ");
            if (length >= 0) {
                String rest = head.substring(length + "content-length: ".length());
                int expected = Integer.parseInt(rest.substring(0, rest.indexOf('\r')));
                if (in.readNBytes(expected).length < expected) {
                    return "";
                }
            }
            String request = head.substring(0, head.indexOf(" HTTP/1.1"));
            requests.add(request);
            return request;
        }

        /** Reads a request without its body. */
        String readHead() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    return "";
                }
                head.write(next);
            }
            return head.toString(StandardCharsets.US_ASCII);
        }

        void answer(String body) throws IOException {
            write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n\r\n"
                    + body);
        }

        void write(String bytes) throws IOException {
            out.write(bytes.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }
}
