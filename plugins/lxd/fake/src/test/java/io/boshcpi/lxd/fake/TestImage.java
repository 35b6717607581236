package io.boshcpi.lxd.fake;

import io.boshcpi.lxd.client.transport.HttpBody;
import io.boshcpi.lxd.fake.model.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

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
        TestTar rootfs = new TestTar()
                .directory("sbin")
                .file("sbin/init", 0755, "#!/bin/sh\n")
                .directory("etc")
                .file("etc/hostname", 0644, "tiny\n")
                .file("var/vcap/bosh/agent.json", 0640, "{\"a\":1}");
        return new TestImage(metadata("tiny"), rootfs.gzipped());
    }

    static byte[] metadata(String description) {
        String yaml = "architecture: x86_64\ncreation_date: 1700000000\nproperties:\n  description: \"" + description
                + "\"\n";
        return new TestTar().file("metadata.yaml", 0644, yaml).gzipped();
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
