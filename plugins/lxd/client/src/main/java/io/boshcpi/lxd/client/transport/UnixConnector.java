package io.boshcpi.lxd.client.transport;

import io.boshcpi.lxd.client.transport.NotSentException.Reason;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Connects to a Unix socket through the JDK's channels, which start faster than any of the libraries. */
final class UnixConnector implements Connector {
    /** The JDK keeps two of the 108 bytes of Linux' {@code sun_path} free. */
    private static final int MAX_PATH_BYTES = 106;

    private final String path;

    /** @param path of the socket, or {@code @name} for one in Linux' abstract namespace */
    UnixConnector(String path) {
        this.path = path;
    }

    @Override
    public Connection connect(long deadlineNanos) throws NotSentException {
        try {
            ChannelSocket wire = socket(deadlineNanos);
            return new Connection(wire, wire, "localhost");
        } catch (IOException e) {
            throw new NotSentException(reason(e), "cannot connect to " + path + ": " + e.getMessage(), e);
        } catch (InvalidPathException e) {
            throw new NotSentException(Reason.NO_ADDRESS, "the path of the socket is invalid: " + e.getReason(), e);
        }
    }

    private ChannelSocket socket(long deadlineNanos) throws IOException {
        if (path.startsWith("@")) {
            return AbstractSockets.connect(path.substring(1), deadlineNanos);
        }
        return ChannelSocket.connect(
                SocketChannel.open(StandardProtocolFamily.UNIX), UnixDomainSocketAddress.of(path), deadlineNanos);
    }

    /** A restarting server removes its socket or refuses connections; a forbidden or impossible socket stays so. */
    private Reason reason(IOException failure) {
        if (path.getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
            return Reason.NO_ADDRESS;
        }
        return isForbidden() ? Reason.FORBIDDEN : NotSentException.reasonOf(failure);
    }

    private boolean isForbidden() {
        if (path.startsWith("@")) {
            return false;
        }
        Path socket = Path.of(path);
        return !Files.isWritable(socket) && !Files.notExists(socket);
    }
}
