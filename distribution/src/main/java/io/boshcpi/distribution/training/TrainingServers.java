package io.boshcpi.distribution.training;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;

/** A server on a Unix socket and one with TLS, in a temporary folder, with a handler that may be replaced. */
final class TrainingServers implements AutoCloseable {
    private final Path folder = Files.createTempDirectory("cpi-training");
    private final HttpServer unix;
    private final HttpServer https;
    private final Map<String, String> variables;
    private volatile HttpServer.Handler handler = request -> {
        throw new IOException("nothing is expected yet");
    };

    TrainingServers() throws IOException, InterruptedException, GeneralSecurityException {
        Identity server = Identity.create(folder, "server");
        Identity client = Identity.create(folder, "client");
        Path socket = folder.resolve("socket");
        unix = HttpServer.onUnixSocket(socket, request -> handler.answer(request));
        https = HttpServer.onLoopback(server.serverContext(), request -> handler.answer(request));
        variables = Map.of(
                "socket", socket.toString(),
                "url", "https://127.0.0.1:" + https.port(),
                "server_certificate", server.certificatePem(),
                "client_certificate", client.certificatePem(),
                "client_key", client.keyPem(),
                "folder", folder.toString());
    }

    /** A folder that goes away with the servers. */
    Path folder() {
        return folder;
    }

    /** What configurations and calls name. */
    Map<String, String> variables() {
        return variables;
    }

    void answerWith(HttpServer.Handler next) {
        handler = next;
    }

    @Override
    public void close() throws IOException {
        unix.close();
        https.close();
        delete(folder);
    }

    private static void delete(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) {
                    delete(entry);
                }
            }
        }
        Files.deleteIfExists(path);
    }
}
