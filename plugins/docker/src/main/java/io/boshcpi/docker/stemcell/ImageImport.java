package io.boshcpi.docker.stemcell;

import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.boshcpi.docker.engine.Errors;
import io.boshcpi.docker.engine.LostAnswerException;
import io.boshcpi.json.Json;
import io.boshcpi.json.MalformedJsonException;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Makes an image of a file with a root file system, {@code POST /images/create?fromSrc=-}: the file is streamed as it is,
 * and the engine unpacks it.
 *
 * <p>The client's own command for it knows no {@code changes}, which labels the image, and does not see a failure that
 * comes after the first line of the answer.
 */
final class ImageImport {
    private final DockerHttpClient http;

    ImageImport(DockerHttpClient http) {
        this.http = http;
    }

    /**
     * @param file a tar, which may be packed with gzip, bzip2, xz or zstd
     */
    void run(Path file, String repository, String tag, Map<String, String> labels) {
        // The tag beside the name: Podman 4.3 does not read the parameter for it.
        StringBuilder path =
                new StringBuilder("/images/create?fromSrc=-&repo=").append(encoded(repository + ":" + tag));
        labels.forEach(
                (name, value) -> path.append("&changes=").append(encoded("LABEL " + name + "=\"" + value + "\"")));
        try (InputStream in = Files.newInputStream(file)) {
            Request request = Request.builder()
                    .method(Request.Method.POST)
                    .path(path.toString())
                    .putHeader("Content-Type", "application/x-tar")
                    .body(in)
                    .build();
            try (Response response = http.execute(request)) {
                check(response);
            }
        } catch (LostAnswerException e) {
            throw e.told();
        } catch (IOException e) {
            throw new CpiException(
                    ErrorType.CLOUD_ERROR, "The stemcell's image cannot be read (" + e.getMessage() + ")", e);
        }
    }

    /** The answer is a line for each thing that happened, one of them a failure if there was one. */
    private static void check(Response response) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.getBody(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            while (line != null) {
                String failure = failure(line);
                if (!failure.isEmpty()) {
                    throw refused(failure);
                }
                line = lines.readLine();
            }
        }
        if (response.getStatusCode() != 200) {
            throw refused("HTTP " + response.getStatusCode());
        }
    }

    private static String failure(String line) {
        try {
            if (!line.isBlank()) {
                Map<String, ?> fields = Json.readObject(line.getBytes(StandardCharsets.UTF_8));
                Object failure = fields.containsKey("error") ? fields.get("error") : fields.get("message");
                return failure == null ? "" : String.valueOf(failure);
            }
        } catch (MalformedJsonException e) {
            return line;
        }
        return "";
    }

    private static CpiException refused(String reason) {
        return new CpiException(Errors.typeOf(reason), "The engine makes no image of the stemcell: " + reason);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
