package io.boshcpi.lxd.provider;

import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.CurrentVm;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.VmCid;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The socket that LXD and Incus put into each instance, through which it learns about itself. */
final class GuestApi implements CurrentVm {
    private static final List<Path> SOCKETS = List.of(Path.of("/dev/lxd/sock"), Path.of("/dev/incus/sock"));
    private static final String REQUEST = "GET /1.0/meta-data HTTP/1.0\r\nHost: instance\r\n\r\n";
    /** The line of the answer that holds the instance's name. */
    private static final String NAME = "local-hostname:";

    private final Path socket;

    private GuestApi(Path socket) {
        this.socket = socket;
    }

    /** Empty outside of instances. */
    static Optional<GuestApi> find() {
        for (Path socket : SOCKETS) {
            if (Files.exists(socket)) {
                return Optional.of(new GuestApi(socket));
            }
        }
        return Optional.empty();
    }

    @Override
    public VmCid id(Call call) {
        try {
            return nameIn(ask());
        } catch (IOException e) {
            throw new CpiException(ErrorType.CLOUD_ERROR, socket + " does not answer: " + e.getMessage(), e);
        }
    }

    private VmCid nameIn(String answer) {
        for (String line : answer.split("\n", -1)) {
            if (line.startsWith(NAME)) {
                return new VmCid(line.substring(NAME.length()).trim());
            }
        }
        throw new CpiException(ErrorType.CLOUD_ERROR, socket + " does not tell the instance's name");
    }

    private String ask() throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap(REQUEST.getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(1 << 16);
            while (answer.hasRemaining() && channel.read(answer) >= 0) {
                // Until the server closes the connection, as HTTP/1.0 does.
            }
            return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
        }
    }
}
