package io.boshcpi.distribution.training;

import io.boshcpi.lxd.fake.FakeLxd;
import io.boshcpi.lxd.fake.FakeLxdServer;
import io.boshcpi.lxd.fake.model.Dialect;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes the recording of the training anew, with FakeLxd as the server; {@code scripts/record-training} runs it.
 *
 * <p>The arguments are those of {@link Training}. The calls are made with the first configuration that names a socket,
 * since the exchanges are the same with the others.
 */
final class RecordTraining {
    private RecordTraining() {}

    public static void main(String[] args) throws Exception {
        TrainingFiles files = new TrainingFiles(Path.of(args[0]));
        List<String> recording = new ArrayList<>();
        Path folder = Files.createTempDirectory("record");
        Path socket = folder.resolve("lxd");
        FakeLxdServer lxd = FakeLxdServer.onUnixSocket(FakeLxd.of(Dialect.LXD), socket);
        try {
            Path configuration = files.folder().resolve("configurations/unix.json");
            GeneratedIds generated = files.generatedIds();
            Training.run(
                    files,
                    List.of(args).subList(1, args.length),
                    training -> training.play(configuration, request -> {
                        HttpMessage response = forward(socket, request);
                        synchronized (recording) {
                            recording.add(
                                    Exchange.of(request, response, generated).toLine());
                        }
                        return response;
                    }));
        } finally {
            lxd.close();
            Files.deleteIfExists(socket);
            Files.delete(folder);
        }
        Files.write(files.recordingFile(), recording);
        System.out.println(recording.size() + " exchanges are in " + files.recordingFile());
    }

    private static HttpMessage forward(Path socket, HttpMessage request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            Map<String, String> headers = new LinkedHashMap<>(request.headers());
            headers.put("connection", "close");
            new HttpMessage(request.startLine(), headers, request.body()).write(Channels.newOutputStream(channel));
            return Objects.requireNonNull(HttpMessage.read(new BufferedInputStream(Channels.newInputStream(channel))));
        }
    }
}
