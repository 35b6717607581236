package io.boshcpi.core.resident;

import io.boshcpi.core.call.CpiHost;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One launcher. The listener's thread reads from it; from the moment its request is complete, it is the call's alone. */
final class Connection implements Closeable {
    private static final int PREAMBLE = Protocol.MAGIC.length + Integer.BYTES;
    private static final int CHUNK = 4096;

    private final SocketChannel channel;
    private final Output output;
    private final long since = System.nanoTime();
    private byte[] received = new byte[CHUNK];
    private int count;
    private @Nullable Greeting caller;

    /** A connection of a non-blocking channel. */
    Connection(SocketChannel channel) {
        this.channel = channel;
        this.output = new Output(channel);
    }

    Output output() {
        return output;
    }

    /** The greeting of the accepted call; {@code null} before that. */
    @Nullable
    Greeting caller() {
        return caller;
    }

    boolean isAccepted() {
        return caller != null;
    }

    boolean isLate(long patienceNanos) {
        return !isAccepted() && System.nanoTime() - since > patienceNanos;
    }

    /**
     * Reads what is there.
     *
     * @return whether the launcher has ended its side
     */
    boolean read() throws IOException {
        while (true) {
            if (count == received.length) {
                received = Arrays.copyOf(received, received.length * 2);
            }
            int n = channel.read(ByteBuffer.wrap(received, count, received.length - count));
            if (n <= 0) {
                return n < 0;
            }
            count = Math.min(count + n, limit());
        }
    }

    /** Bytes beyond the limit are read, so that the launcher can write them, and dropped. */
    private int limit() {
        return isAccepted() ? CpiHost.MAX_REQUEST_BYTES + 1 : PREAMBLE + Protocol.MAX_GREETING + 1;
    }

    /** Whether a whole greeting has come, or something that is not one. */
    boolean hasGreeted() {
        return count >= PREAMBLE && (!isGreeting() || count >= PREAMBLE + greetingLength());
    }

    private boolean isGreeting() {
        return Arrays.equals(received, 0, Protocol.MAGIC.length, Protocol.MAGIC, 0, Protocol.MAGIC.length)
                && greetingLength() >= 0
                && greetingLength() <= Protocol.MAX_GREETING;
    }

    private int greetingLength() {
        return ByteBuffer.wrap(received).getInt(Protocol.MAGIC.length);
    }

    /** The greeting; {@code null} if it is malformed, or if the launcher has sent more before the answer. */
    @Nullable
    Greeting greeting() {
        return isGreeting() && count == PREAMBLE + greetingLength()
                ? Greeting.parse(received, PREAMBLE, greetingLength())
                : null;
    }

    /** Accepts the call: the request comes next. */
    void accept(Greeting greeting) throws IOException {
        caller = greeting;
        count = 0;
        output.send(Protocol.frame(Protocol.ACCEPTED));
    }

    /** Sends the launcher away to serve the call itself. */
    void refuse(String reason) throws IOException {
        output.send(Protocol.frame(Protocol.REFUSED, reason));
    }

    /** The request as far as it has come. */
    byte[] request() {
        return Arrays.copyOf(received, count);
    }

    /** Closes the connection, whether or not the launcher still reads. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // There is nothing left to release.
        }
    }
}
