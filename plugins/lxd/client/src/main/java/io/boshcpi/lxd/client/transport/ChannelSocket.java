package io.boshcpi.lxd.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketImpl;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A connected {@link SocketChannel} in the shape of a {@link Socket}, with a deadline for all reads and writes
 * together.
 *
 * <p>HttpCore's codec and the JDK's TLS need a {@code Socket}, but the JDK has Unix sockets as channels only, a
 * blocking channel has no timeouts, and those of a {@code Socket} are per read. So the channel is non-blocking, and a
 * read or write that would block waits in a selector for the rest of the time. The selector is opened when something
 * first has to wait.
 */
final class ChannelSocket extends Socket {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final SocketChannel channel;
    private @Nullable Selector selector;
    private long deadlineNanos;
    private boolean used;
    private boolean suspect;
    private boolean written;
    private boolean broken;

    private ChannelSocket(SocketChannel channel, long deadlineNanos) throws IOException {
        super((SocketImpl) null);
        this.channel = channel;
        this.deadlineNanos = deadlineNanos;
    }

    /** Connects the channel, which is closed again if that fails. */
    static ChannelSocket connect(SocketChannel channel, SocketAddress address, long deadlineNanos) throws IOException {
        ChannelSocket socket = new ChannelSocket(channel, deadlineNanos);
        try {
            channel.configureBlocking(false);
            if (!channel.connect(address)) {
                do {
                    socket.await(SelectionKey.OP_CONNECT);
                } while (!channel.finishConnect());
            }
            return socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Begins the next call, which forgets what happened to the last one.
     *
     * @param newDeadlineNanos the {@link System#nanoTime()} at which reads and writes fail
     */
    void begin(long newDeadlineNanos) {
        deadlineNanos = newDeadlineNanos;
        written = false;
        broken = false;
        suspect = used;
        used = true;
    }

    /** Sets another deadline for the rest of the call. */
    void limit(long newDeadlineNanos) {
        deadlineNanos = newDeadlineNanos;
    }

    /** Whether the operating system has taken any byte since {@link #begin}. */
    boolean hasWritten() {
        return written;
    }

    /** Whether a write has failed since {@link #begin}. */
    boolean isBroken() {
        return broken;
    }

    @Override
    public InputStream getInputStream() {
        return new Input();
    }

    @Override
    public OutputStream getOutputStream() {
        return new Output();
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
            if (selector != null) {
                selector.close(); // wakes up a thread that waits in it
            }
        } catch (IOException e) {
            // the connection is gone either way
            return;
        }
    }

    @Override
    public boolean isClosed() {
        return !channel.isOpen();
    }

    @Override
    public boolean isConnected() {
        return channel.isConnected();
    }

    @Override
    public @Nullable SocketAddress getRemoteSocketAddress() {
        return null;
    }

    @Override
    public @Nullable SocketAddress getLocalSocketAddress() {
        return null;
    }

    @Override
    public @Nullable InetAddress getInetAddress() {
        return null;
    }

    /** Has no effect: the deadline rules. */
    @Override
    public void setSoTimeout(int timeout) {}

    @Override
    public int getSoTimeout() {
        return 0;
    }

    /** Has no effect: closing never waits. */
    @Override
    public void setSoLinger(boolean on, int linger) {}

    @Override
    public int getSoLinger() {
        return -1;
    }

    @Override
    public void shutdownInput() throws IOException {
        channel.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    private int read(ByteBuffer buffer) throws IOException {
        int count = channel.read(buffer);
        while (count == 0) {
            await(SelectionKey.OP_READ);
            count = channel.read(buffer);
        }
        return count;
    }

    private void write(ByteBuffer buffer) throws IOException {
        boolean complete = false;
        try {
            refuseIfStale();
            while (buffer.hasRemaining()) {
                int count = channel.write(buffer);
                if (count == 0) {
                    await(SelectionKey.OP_WRITE);
                }
                written |= count > 0;
            }
            complete = true;
        } finally {
            broken |= !complete;
        }
    }

    /**
     * Looks, before the first byte of a call on a connection that has served another, whether the server has closed it
     * or has sent something although nothing was asked. A TCP socket would accept the bytes nevertheless, and then
     * it would be unknown whether the server has seen them.
     */
    private void refuseIfStale() throws IOException {
        if (broken) {
            throw new IOException("the connection is broken");
        }
        if (suspect) {
            suspect = false;
            if (channel.read(ByteBuffer.allocate(1)) != 0) {
                throw new IOException("the server has closed the connection");
            }
        }
    }

    private void await(int operation) throws IOException {
        long millis = (deadlineNanos - System.nanoTime() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
        if (millis <= 0) {
            throw new SocketTimeoutException("the deadline has passed");
        }
        try {
            Selector ready = selector();
            channel.register(ready, operation);
            ready.select(millis);
            ready.selectedKeys().clear();
        } catch (ClosedSelectorException e) {
            throw new IOException("the connection was closed", e);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
    }

    private synchronized Selector selector() throws IOException {
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        if (selector == null) {
            selector = channel.provider().openSelector();
        }
        return selector;
    }

    private final class Input extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return length == 0 ? 0 : ChannelSocket.this.read(ByteBuffer.wrap(bytes, offset, length));
        }
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            ChannelSocket.this.write(ByteBuffer.wrap(bytes, offset, length));
        }
    }
}
