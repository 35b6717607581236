package io.boshcpi.core.resident;

import io.boshcpi.core.rpc.CpiResponse;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One launcher, or one who asks for the status. The listener's thread reads from it; from the moment the request is
 * complete, it is the answer's alone.
 */
final class Connection implements Closeable {
    private static final int PREAMBLE = Protocol.MAGIC.length + Integer.BYTES;

    private final SocketChannel channel;
    private final boolean mayCall;
    private final Output output;
    private long since = System.nanoTime();
    private byte[] received = new byte[PREAMBLE + Protocol.MAX_GREETING + 1];
    private int count;
    private @Nullable Greeting caller;

    /**
     * A connection of a non-blocking channel.
     *
     * @param mayCall whether the peer is the user that the host runs as
     */
    Connection(SocketChannel channel, boolean mayCall) {
        this.channel = channel;
        this.mayCall = mayCall;
        this.output = new Output(channel);
    }

    Output output() {
        return output;
    }

    /** Whether the peer's calls may run here; others may ask for the status. */
    boolean mayCall() {
        return mayCall;
    }

    /** The greeting of the accepted call; {@code null} before that. */
    @Nullable
    Greeting caller() {
        return caller;
    }

    boolean isAccepted() {
        return caller != null;
    }

    /** Whether the launcher has had more time than that since it connected, or since its call was accepted. */
    boolean isLate(long patienceNanos) {
        return System.nanoTime() - since > patienceNanos;
    }

    /**
     * Reads what is there.
     *
     * @return whether the launcher has ended its side
     * @throws IOException if the connection is broken, or the request longer than the launcher has said
     */
    boolean read() throws IOException {
        while (true) {
            ByteBuffer room = ByteBuffer.wrap(count < received.length ? received : new byte[1]);
            room.position(count < received.length ? count : 0);
            int n = channel.read(room);
            if (n <= 0) {
                return n < 0;
            } else if (count == received.length) {
                throw new IOException("The launcher sends more than it has said");
            }
            count += n;
        }
    }

    /** Whether a whole greeting has come, or something that is not one. */
    boolean hasGreeted() {
        return count >= PREAMBLE && (!isGreeting() || count >= PREAMBLE + greetingLength());
    }

    private boolean isGreeting() {
        return (begins(Protocol.MAGIC) || begins(Protocol.STATUS_MAGIC))
                && greetingLength() >= 0
                && greetingLength() <= Protocol.MAX_GREETING;
    }

    private boolean begins(byte[] magic) {
        return Arrays.equals(received, 0, magic.length, magic, 0, magic.length);
    }

    private int greetingLength() {
        return ByteBuffer.wrap(received).getInt(Protocol.MAGIC.length);
    }

    /** The greeting; {@code null} if it is malformed, or if the launcher has sent more before the answer. */
    @Nullable
    Greeting greeting() {
        return isGreeting() && begins(Protocol.MAGIC) && count == PREAMBLE + greetingLength()
                ? Greeting.parse(received, PREAMBLE, greetingLength())
                : null;
    }

    /** The question for the status; {@code null} if it is none. */
    @Nullable
    StatusRequest statusRequest() {
        return isGreeting() && begins(Protocol.STATUS_MAGIC) && count == PREAMBLE + greetingLength()
                ? StatusRequest.parse(received, PREAMBLE, greetingLength())
                : null;
    }

    /** Accepts the call: the request comes next. */
    void accept(Greeting greeting) throws IOException {
        caller = greeting;
        received = new byte[greeting.size().bytes()];
        count = 0;
        since = System.nanoTime();
        output.send(Protocol.frame(Protocol.ACCEPTED));
    }

    /** Answers an accepted call that has not begun, without waiting for the launcher to take the answer. */
    void decline(CpiResponse response) throws IOException {
        byte[] bytes = response.toBytes();
        output.send(Protocol.frame(Protocol.RESPONSE, bytes, 0, bytes.length));
        output.send(Protocol.frame(Protocol.END));
    }

    /** Sends the launcher away to serve the call itself. */
    void refuse(String reason) throws IOException {
        output.send(Protocol.frame(Protocol.REFUSED, reason));
    }

    /** Whether all of the request has come. */
    boolean hasRequest() {
        return isAccepted() && count == received.length;
    }

    /** The request. */
    byte[] request() {
        return received;
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
