package io.boshcpi.lxd.testkit;

import io.boshcpi.lxd.client.transport.HttpBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/** Image tarballs, made in memory. */
final class TestImage {
    private static final String BOUNDARY = "a-boundary-of-the-test";

    private final byte[] metadata;
    private final byte[] rootfs;

    TestImage(byte[] metadata, byte[] rootfs) {
        this.metadata = metadata;
        this.rootfs = rootfs;
    }

    /** A tiny root file system with an init and an {@code agent.json}. */
    static TestImage tiny() {
        return new TestImage(
                metadata("tiny"),
                tarGz(Map.of(
                        "sbin/init", "#!/bin/sh\n", "etc/hostname", "tiny", "var/vcap/bosh/agent.json", "{\"a\":1}")));
    }

    static byte[] metadata(String description) {
        return tarGz(Map.of(
                "metadata.yaml",
                "architecture: x86_64\ncreation_date: 1700000000\nproperties:\n  description: " + description + "\n"));
    }

    static byte[] tarGz(Map<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(content.length);
                entry.setMode(file.getKey().startsWith("sbin") ? 0755 : 0640);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    String fingerprint() {
        MessageDigest digest = Json.sha256();
        digest.update(metadata);
        digest.update(rootfs);
        return HexFormat.of().formatHex(digest.digest());
    }

    HttpBody body() {
        return body("metadata", "rootfs");
    }

    /** The two parts under other names than they should have. */
    HttpBody body(String first, String second) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        part(bytes, first, "metadata.tar.gz", metadata);
        part(bytes, second, "rootfs.tar.gz", rootfs);
        bytes.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return HttpBody.of("multipart/form-data; boundary=" + BOUNDARY, bytes.toByteArray());
    }

    private static void part(ByteArrayOutputStream bytes, String name, String file, byte[] content) {
        String head = (bytes.size() == 0 ? "--" : "\r\n--") + BOUNDARY + "\r\nContent-Disposition: form-data; name=\""
                + name + "\"; filename=\"" + file + "\"\r\nContent-Type: application/octet-stream\r\n\r\n";
        bytes.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(content);
    }
}
