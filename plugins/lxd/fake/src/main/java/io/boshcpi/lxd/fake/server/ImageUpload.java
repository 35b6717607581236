package io.boshcpi.lxd.fake.server;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.boshcpi.lxd.fake.guest.GuestFiles;
import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.Model;
import io.boshcpi.lxd.fake.model.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.hc.core5.net.WWWFormCodec;

/**
 * Reads an uploaded image as it comes: the fingerprint is computed on the way, and only the first {@value #KEPT} bytes
 * of each part stay in memory. A root file system that fits in them becomes the guests' files; guests of a larger one
 * have {@link GuestFiles#skeleton()}.
 */
final class ImageUpload {
    private static final int KEPT = 8 << 20;
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
    private static final Pattern NAMES = Pattern.compile("name=\"([^\"]*)\"; filename=\"([^\"]*)\"");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final Request request;
    private final Dialect dialect;
    private final MessageDigest digest = Json.sha256();
    private long size;

    ImageUpload(Request request, Dialect dialect) {
        this.request = request;
        this.dialect = dialect;
    }

    /** A part of the body: its start, and whether that is all of it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Part(String name, String filename, byte[] start, boolean whole) {}

    /** Keeps the first bytes of what goes through and counts the rest. */
    private static final class Start extends OutputStream {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private long total;

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            kept.write(bytes, offset, Math.min(length, KEPT - kept.size()));
            total += length;
        }
    }

    /** Reads the body to its end. An {@link ApiError} is the failure of the operation, not of the request. */
    Model.Image read() throws IOException {
        Matcher boundary = BOUNDARY.matcher(request.header("Content-Type", ""));
        if (!boundary.find()) {
            throw ApiError.internal("no multipart boundary param in Content-Type");
        }
        MultipartInput body = MultipartInput.builder()
                .setInputStream(request.body())
                .setBoundary(boundary.group(1).getBytes(StandardCharsets.US_ASCII))
                .get();
        body.skipPreamble();
        Part metadata = readPart(body);
        body.readBoundary();
        Part root = readPart(body);
        request.body().transferTo(OutputStream.nullOutputStream());
        String type =
                Map.of("rootfs", "container", "rootfs.img", "virtual-machine").getOrDefault(root.name(), "");
        if (!metadata.name().equals("metadata") || type.isEmpty()) {
            throw ApiError.internal("Invalid multipart image");
        }
        Map<String, Object> described = described(metadata);
        return new Model.Image(
                HexFormat.of().formatHex(digest.digest()),
                type,
                size,
                root.filename(),
                Json.text(described, "architecture", "x86_64"),
                properties(described),
                root.whole() ? Tarballs.files(root.start()) : GuestFiles.skeleton(),
                State.now());
    }

    private Part readPart(MultipartInput body) throws IOException {
        Matcher names = NAMES.matcher(body.readHeaders());
        if (!names.find()) {
            throw ApiError.internal("Invalid multipart image");
        }
        Start start = new Start();
        body.readBodyData(new DigestOutputStream(start, digest));
        size += start.total;
        return new Part(names.group(1), names.group(2), start.kept.toByteArray(), start.total <= KEPT);
    }

    private static Map<String, Object> described(Part metadata) throws IOException {
        GuestFiles.Node yaml = Tarballs.files(metadata.start()).find("/metadata.yaml");
        if (yaml == null) {
            throw ApiError.internal("Metadata tarball is missing metadata.yaml");
        }
        return YAML.readValue(yaml.content(), new TypeReference<Map<String, Object>>() {});
    }

    /** Those of the metadata, and over them those of a header that holds a URL-encoded query. */
    private Map<String, String> properties(Map<String, Object> metadata) {
        String header = request.header(dialect.headerPrefix() + "properties", "");
        if (metadata.get("properties") == null && !header.isEmpty()) {
            throw new IllegalStateException("panic: assignment to entry in nil map"); // breaks the connection
        }
        Map<String, String> properties = new TreeMap<>();
        Json.child(metadata, "properties").forEach((key, value) -> properties.put(key, String.valueOf(value)));
        WWWFormCodec.parse(header, StandardCharsets.UTF_8)
                .forEach(property -> properties.put(property.getName(), property.getValue()));
        return properties;
    }
}
