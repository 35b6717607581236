package io.boshcpi.core.resident;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Speaks as the launcher does, step by step. */
final class Launcher implements AutoCloseable {
    private final SocketChannel channel;
    private final DataInputStream in;

    Launcher(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        in = new DataInputStream(Channels.newInputStream(channel));
    }

    /**
     * A frame.
     *
     * @param kind one of {@link Protocol}'s
     */
    record Frame(char kind, String content) {}

    /** The size of a request as a greeting has it. */
    static String size(byte[] request) {
        int values = 0;
        for (byte b : request) {
            values += b == '{' || b == '[' || b == ',' || b == ':' ? 1 : 0;
        }
        return request.length + ":" + values;
    }

    /** Greets with these fields. */
    Launcher greet(String... fields) throws IOException {
        byte[] body = (String.join("\0", fields) + "\0").getBytes(StandardCharsets.UTF_8);
        ByteBuffer greeting = ByteBuffer.allocate(Protocol.MAGIC.length + Integer.BYTES + body.length)
                .put(Protocol.MAGIC)
                .putInt(body.length)
                .put(body);
        return send(greeting.array());
    }

    Launcher send(byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
        return this;
    }

    /** Ends the request. */
    Launcher endRequest() throws IOException {
        channel.shutdownOutput();
        return this;
    }

    Frame receive() throws IOException {
        char kind = (char) in.readByte();
        return new Frame(kind, new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
    }

    /** All frames up to the end of the connection. */
    List<Frame> receiveAll() throws IOException {
        List<Frame> frames = new ArrayList<>();
        try {
            while (true) {
                frames.add(receive());
            }
        } catch (EOFException e) {
            return frames;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
