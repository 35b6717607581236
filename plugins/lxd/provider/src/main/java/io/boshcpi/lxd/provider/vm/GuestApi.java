package io.boshcpi.lxd.provider.vm;

import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.client.transport.HttpCall;
import io.boshcpi.lxd.client.transport.HttpReply;
import io.boshcpi.lxd.client.transport.Transport;
import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.CurrentVm;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.VmCid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The socket in every instance of LXD and Incus that tells the instance about itself.
 *
 * <p>It is an API of its own, whose answers are plain text, so only the client's transport serves it.
 */
public final class GuestApi implements CurrentVm {
    private static final List<Path> SOCKETS = List.of(Path.of("/dev/lxd/sock"), Path.of("/dev/incus/sock"));
    private static final String METADATA = "/1.0/meta-data";
    /** The line of the answer that contains the instance's name. */
    private static final String NAME = "local-hostname:";

    private final Path socket;

    GuestApi(Path socket) {
        this.socket = socket;
    }

    /** The API of the instance that this process runs in; empty outside of instances. */
    public static Optional<CurrentVm> find() {
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
            return nameIn(metadata(call));
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

    private String metadata(Call call) throws IOException {
        long deadlineNanos = System.nanoTime() + call.deadline().remainingMillis() * 1_000_000;
        try (Transport transport = Endpoint.unix(socket.toString()).open();
                HttpReply reply = transport.exchange(HttpCall.get(METADATA), deadlineNanos)) {
            return new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
