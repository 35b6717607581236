package io.boshcpi.lxd.client.session;

import io.boshcpi.lxd.client.failure.FileFailures;
import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.failure.LxdException.Kind;
import io.boshcpi.lxd.client.transport.HttpBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A split image as multipart/form-data, with the metadata first as the servers require.
 *
 * <p>The content is streamed through a small buffer, and the length is known beforehand. The fingerprint is the SHA-256 of
 * metadata and root file system. The server computes it as well, so the client does so only if the answer does not have
 * it: a JVM without its second compiler hashes at some 40 MB/s, which would cost an upload half its speed.
 */
final class SplitImageBody implements HttpBody {
    private static final int BUFFER = 64 << 10;
    private static final long REPORT_EVERY = 1 << 20;

    /** Occurs in a compressed image with a probability of 1 in 2^128. */
    private static final String BOUNDARY = "lxd-client-9f86d081884c7d659a2feaa0c55ad015";

    private final ImageUpload upload;
    private final long rootfsLength;
    private final byte[] metadata;
    private final byte[] head;
    private final byte[] middle;
    private final byte[] tail;
    private boolean complete;
    private @Nullable String fingerprint;
    private @Nullable IOException failure;

    private SplitImageBody(ImageUpload upload, long rootfsLength) {
        this.upload = upload;
        this.rootfsLength = rootfsLength;
        this.metadata = upload.metadata().toArray();
        this.head = partHeader("", "metadata");
        this.middle = partHeader("\r\n", upload.kind().part());
        this.tail = ascii("\r\n--" + BOUNDARY + "--\r\n");
    }

    static SplitImageBody of(ImageUpload upload) {
        try {
            return new SplitImageBody(upload, upload.rootfs().length());
        } catch (IOException e) {
            throw unreadable(upload, e);
        }
    }

    /** The failure of this upload, whose file cannot be read. */
    LxdException unreadable(IOException cause) {
        return unreadable(upload, cause);
    }

    /** The failure of an upload whose file cannot be read, which is not the server's fault. */
    private static LxdException unreadable(ImageUpload upload, IOException cause) {
        return new LxdException(
                Kind.INVALID,
                0,
                "",
                "cannot read the image " + upload.rootfs().name() + ": " + FileFailures.reason(cause),
                cause);
    }

    @Override
    public String contentType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    @Override
    public long length() {
        return head.length + (long) metadata.length + middle.length + rootfsLength + tail.length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        out.write(head);
        out.write(metadata);
        out.write(middle);
        copyRootfs(out);
        out.write(tail);
        complete = true;
    }

    /** Whether the whole body was sent. */
    boolean isComplete() {
        return complete;
    }

    /** The fingerprint. Reads the file the first time. */
    String fingerprint() {
        if (fingerprint == null) {
            try {
                fingerprint = upload.fingerprint();
            } catch (IOException e) {
                throw unreadable(upload, e);
            }
        }
        return fingerprint;
    }

    /** Why the file could not be read; null if it could. */
    @Nullable
    IOException failure() {
        return failure;
    }

    private void copyRootfs(OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long sent = 0;
        long reported = 0;
        try (InputStream in = upload.rootfs().open()) {
            for (int count = read(in, buffer); count >= 0; count = read(in, buffer)) {
                out.write(buffer, 0, count);
                sent += count;
                if (sent - reported >= REPORT_EVERY) {
                    upload.progress().sent(sent, rootfsLength);
                    reported = sent;
                }
            }
        }
        if (sent != rootfsLength) {
            failure = new IOException("its length has changed while it was being read");
            throw failure;
        }
        upload.progress().sent(sent, rootfsLength);
    }

    private int read(InputStream in, byte[] buffer) throws IOException {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    private static byte[] partHeader(String before, String part) {
        return ascii(before + "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + part + "\"; filename=\""
                + part + "\"\r\nContent-Type: application/octet-stream\r\n\r\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
