package io.boshcpi.lxd.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A server on a Unix socket that does what a test tells it to, byte for byte. Each connection is served by the next of the
 * behaviours, and by the last one from then on.
 */
final class ScriptedServer implements AutoCloseable {
    interface Behaviour {
        void serve(Connection connection) throws IOException, InterruptedException;
    }

    private final ServerSocketChannel listener;
    private final Queue<Behaviour> behaviours = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Semaphore ended = new Semaphore(0);
    private Behaviour last = connection -> {};

    private ScriptedServer(ServerSocketChannel listener) {
        this.listener = listener;
        threads.execute(this::accept);
    }

    static ScriptedServer at(Path socket) throws IOException {
        return over(ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket)));
    }

    static ScriptedServer over(ServerSocketChannel listener) {
        return new ScriptedServer(listener);
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
        for (SocketChannel connection : connections) {
            connection.close();
        }
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel channel = listener.accept();
                connections.add(channel);
                Behaviour next = behaviours.poll();
                last = next == null ? last : next;
                Behaviour behaviour = last;
                threads.execute(() -> serve(channel, behaviour));
            }
        } catch (IOException e) {
            // the test is over
            return;
        }
    }

    private void serve(SocketChannel channel, Behaviour behaviour) {
        try (channel) {
            behaviour.serve(new Connection(channel));
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

        private Connection(SocketChannel channel) {
            this.in = Channels.newInputStream(channel);
            this.out = Channels.newOutputStream(channel);
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
                in.readNBytes(Integer.parseInt(rest.substring(0, rest.indexOf('\r'))));
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
