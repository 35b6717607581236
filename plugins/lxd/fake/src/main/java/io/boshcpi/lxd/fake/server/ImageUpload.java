package io.boshcpi.lxd.fake.server;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.boshcpi.lxd.fake.guest.GuestFiles;
import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.ParsedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.jspecify.annotations.Nullable;

/**
 * Reads an uploaded image as it comes: the fingerprint is computed on the way, and only the first {@value #KEPT} bytes of
 * each part stay in memory. A root file system that fits in them becomes the guests' files; guests of a larger one have
 * {@link GuestFiles#skeleton()}.
 */
public final class ImageUpload {
    public static final int KEPT = 8 << 20;
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
    private static final Pattern NAME = Pattern.compile("name=\"([^\"]*)\"");
    private static final Pattern FILENAME = Pattern.compile("filename=\"([^\"]*)\"");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final Request request;
    private final Dialect dialect;
    private final MessageDigest digest = Json.sha256();
    private long size;

    public ImageUpload(Request request, Dialect dialect) {
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
    public ParsedImage read() throws IOException {
        String contentType = request.headers().getOrDefault("content-type", "");
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (!boundary.find()) {
            throw ApiError.internal("no multipart boundary param in Content-Type");
        }

        MultipartInput body = MultipartInput.builder()
                .setInputStream(request.stream())
                .setBoundary(boundary.group(1).getBytes(StandardCharsets.US_ASCII))
                .get();
        Part metadata = body.skipPreamble() ? readPart(body) : null;
        Part root = metadata != null && body.readBoundary() ? readPart(body) : null;
        request.stream().transferTo(OutputStream.nullOutputStream());
        if (metadata == null || root == null || !metadata.name().equals("metadata")) {
            throw ApiError.internal("Invalid multipart image");
        }
        boolean container = root.name().equals("rootfs");
        if (!container && !root.name().equals("rootfs.img")) {
            throw ApiError.internal("Invalid multipart image");
        }
        GuestFiles files = container ? Tarballs.files(root.start(), root.whole()) : GuestFiles.skeleton();
        return parsed(metadata.start(), container, root.filename(), files);
    }

    private @Nullable String own(String header) {
        return request.header(dialect.headerPrefix() + header);
    }

    private Part readPart(MultipartInput body) throws IOException {
        String headers = body.readHeaders();
        Start start = new Start();
        body.readBodyData(new DigestOutputStream(start, digest));
        size += start.total;
        return new Part(group(NAME, headers), group(FILENAME, headers), start.kept.toByteArray(), start.total <= KEPT);
    }

    private static String group(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    private ParsedImage parsed(byte[] tarball, boolean container, String filename, GuestFiles files)
            throws IOException {
        Map<String, Object> metadata = metadata(tarball);
        if (metadata.get("properties") == null && own("properties") != null) {
            throw new ServerPanic("assignment to entry in nil map");
        }
        Map<String, String> properties = new TreeMap<>();
        Json.child(metadata, "properties").forEach((key, value) -> properties.put(key, String.valueOf(value)));
        properties.putAll(header("properties"));
        Object created = metadata.get("creation_date");
        return new ParsedImage(
                HexFormat.of().formatHex(digest.digest()),
                size,
                container ? "container" : "virtual-machine",
                filename,
                Json.text(metadata, "architecture", "x86_64"),
                Instant.ofEpochSecond(created instanceof Number seconds ? seconds.longValue() : 0)
                        .toString(),
                properties,
                files);
    }

    private static Map<String, Object> metadata(byte[] tarball) throws IOException {
        byte[] yaml = Tarballs.file(tarball, "metadata.yaml");
        if (yaml == null) {
            throw ApiError.internal("Metadata tarball is missing metadata.yaml");
        }
        return YAML.readValue(yaml, new TypeReference<Map<String, Object>>() {});
    }

    /** A header that holds a URL-encoded query, as {@code properties} does. */
    private Map<String, String> header(String name) {
        Map<String, String> values = new TreeMap<>();
        String text = own(name);
        if (text != null) {
            for (String pair : text.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
                }
            }
        }
        return values;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
