package io.boshcpi.core.resident;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends frames to one launcher. Only the end of a call waits for a launcher that does not read, and not forever, since a
 * call may hold locks while it logs. Log lines are dropped when the launcher does not read them.
 */
final class Output {
    private static final int MAX_WAITING = 256 << 10;
    private static final long TIMEOUT_MILLIS = TimeUnit.SECONDS.toMillis(30);

    private final SocketChannel channel;
    private final ArrayDeque<ByteBuffer> waiting = new ArrayDeque<>();
    private int waitingBytes;

    /** Output to a non-blocking channel. */
    Output(SocketChannel channel) {
        this.channel = channel;
    }

    /** A stream whose every write becomes lines of the call's log. */
    OutputStream log() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (hasRoom(length)) {
                    send(Protocol.frame(Protocol.LOG, bytes, offset, length));
                }
            }
        };
    }

    private synchronized boolean hasRoom(int length) {
        return waitingBytes + length <= MAX_WAITING;
    }

    /** Sends what the launcher takes now, and keeps the rest for later. */
    synchronized void send(ByteBuffer frame) throws IOException {
        waiting.add(frame);
        waitingBytes += frame.remaining();
        flush();
    }

    private boolean flush() throws IOException {
        while (!waiting.isEmpty()) {
            ByteBuffer first = waiting.element();
            waitingBytes -= channel.write(first);
            if (first.hasRemaining()) {
                return false;
            }
            waiting.remove();
        }
        return true;
    }

    /** Sends the response and the end, and waits until the launcher has taken it. */
    synchronized void end(byte[] response) throws IOException {
        end(response, null);
    }

    /**
     * Sends the status and what comes after it, and waits until both are taken.
     *
     * @param refusal why calls would be refused; {@code null} if they would be answered
     */
    synchronized void end(byte[] document, @Nullable String refusal) throws IOException {
        waiting.add(Protocol.frame(Protocol.RESPONSE, document, 0, document.length));
        waiting.add(refusal == null ? Protocol.frame(Protocol.END) : Protocol.frame(Protocol.REFUSED, refusal));
        if (!flush()) {
            flushInTime(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS));
        }
    }

    private void flushInTime(long deadlineNanos) throws IOException {
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_WRITE);
            while (!flush()) {
                if (System.nanoTime() - deadlineNanos >= 0) {
                    throw new IOException("The launcher does not take its response");
                }
                selector.select(TIMEOUT_MILLIS);
                selector.selectedKeys().clear();
            }
        }
    }
}
