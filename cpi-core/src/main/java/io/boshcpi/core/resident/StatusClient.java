package io.boshcpi.core.resident;

import io.boshcpi.core.installation.Distribution;
import io.boshcpi.core.status.StatusFormat;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks a resident host for its status. */
public final class StatusClient implements AutoCloseable {
    private static final int HEADER = 5;
    private static final int MAX_ANSWER = 8 << 20;

    private final SocketChannel channel;
    private final Selector selector;
    private final long deadlineNanos;

    /**
     * What the host says.
     *
     * @param document the status
     * @param objection why the host would refuse the calls that were asked for; {@code null} if it would answer them
     */
    public record Answer(String document, @Nullable String objection) {}

    /** Nobody listens at the socket. */
    public static final class NoHostException extends IOException {
        private static final long serialVersionUID = 1L;

        NoHostException(String message) {
            super(message);
        }
    }

    private StatusClient(Path socket, Duration patience) throws IOException {
        this.deadlineNanos = System.nanoTime() + patience.toNanos();
        if (Files.notExists(socket)) {
            throw new NoHostException("there is no socket " + socket);
        }
        this.channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.configureBlocking(false);
            channel.connect(UnixDomainSocketAddress.of(socket));
            this.selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
        } catch (ConnectException e) {
            channel.close();
            throw new NoHostException("the socket " + socket + " was left by a host that is gone");
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Asks the host at a socket.
     *
     * @param distribution whose calls the host is to judge
     * @param configuration the configuration of those calls, which need not exist
     * @param patience how long the host may take
     * @throws NoHostException if nobody listens
     * @throws IOException if whoever listens does not answer in time, or not as a host does
     */
    public static Answer ask(
            Path socket, Distribution distribution, Path configuration, StatusFormat format, Duration patience)
            throws IOException {
        Path file = Files.exists(configuration) ? configuration.toRealPath() : configuration.toAbsolutePath();
        Greeting greeting = new Greeting(
                Files.readString(distribution.buildFile()),
                distribution.home().toRealPath().toString(),
                file.toString(),
                FileState.of(file),
                "",
                new RequestSize(0, 0));
        try (StatusClient client = new StatusClient(socket, patience)) {
            client.send(new StatusRequest(format, greeting).toBytes());
            return client.answer();
        }
    }

    private void send(byte[] bytes) throws IOException {
        // It fits into the empty buffer of a new socket.
        if (channel.write(ByteBuffer.wrap(bytes)) != bytes.length) {
            throw new IOException("it does not listen");
        }
    }

    private Answer answer() throws IOException {
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        while (true) {
            ByteBuffer header = read(HEADER);
            byte kind = header.get();
            int length = header.getInt();
            if (length < 0 || document.size() + length > MAX_ANSWER) {
                throw new IOException("it does not speak the protocol of this CPI");
            }
            byte[] content = read(length).array();
            switch (kind) {
                case Protocol.RESPONSE -> document.writeBytes(content);
                case Protocol.END -> {
                    return new Answer(document.toString(StandardCharsets.UTF_8), null);
                }
                case Protocol.REFUSED -> {
                    String reason = new String(content, StandardCharsets.UTF_8);
                    if (document.size() == 0) {
                        throw new IOException("it refuses to tell it (" + reason + ")");
                    }
                    return new Answer(document.toString(StandardCharsets.UTF_8), reason);
                }
                default -> {} // Of a later version.
            }
        }
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            int n = channel.read(bytes);
            if (n < 0) {
                throw new EOFException("it hung up");
            } else if (n == 0) {
                awaitMore();
            }
        }
        return bytes.flip();
    }

    private void awaitMore() throws IOException {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
        if (millis <= 0) {
            throw new IOException("it did not answer in time");
        }
        selector.select(millis);
        selector.selectedKeys().clear();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        selector.close();
    }
}
