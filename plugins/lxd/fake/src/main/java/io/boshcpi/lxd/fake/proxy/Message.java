package io.boshcpi.lxd.fake.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 request or answer in memory, as the proxy passes it on.
 *
 * @param head the first line and the header fields, without those that tell the length of the body
 */
@SuppressWarnings("ArrayRecordComponent") // messages are not compared
record Message(List<String> head, byte[] body) {
    private static final String LENGTH = "content-length:";
    private static final String ENCODING = "transfer-encoding:";

    /** A JSON answer. */
    static Message answer(int status, String json) {
        List<String> head = List.of("HTTP/1.1 " + status + " Made up", "Content-Type: application/json");
        return new Message(head, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the next message; null if the peer has sent its last. */
    static @Nullable Message read(InputStream in) throws IOException {
        List<String> head = new ArrayList<>();
        int length = 0;
        boolean chunked = false;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String field = line.toLowerCase(Locale.ROOT);
            if (field.startsWith(LENGTH)) {
                length = Integer.parseInt(field.substring(LENGTH.length()).strip());
            } else if (field.startsWith(ENCODING)) {
                chunked = true;
            } else {
                head.add(line);
            }
        }
        if (head.isEmpty()) {
            return null;
        }
        return new Message(head, chunked ? chunks(in) : exactly(in, length));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.write(exactly(in, size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    /** A line without its end; empty at the end of the stream. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** Writes the message. */
    void write(OutputStream out) throws IOException {
        out.write(withLength(body.length));
        out.write(body);
        out.flush();
    }

    /** Writes half of the body under the length of the whole. */
    void writeHalf(OutputStream out) throws IOException {
        out.write(withLength(body.length));
        out.write(body, 0, body.length / 2);
        out.flush();
    }

    private byte[] withLength(int length) {
        return (String.join("\r\n", head) + "\r\n" + LENGTH + " " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The same with half of the body. */
    Message half() {
        return new Message(head, Arrays.copyOf(body, body.length / 2));
    }

    /** Method and path of a request. */
    String name() {
        return head.get(0).replaceFirst("(\\?\\S*)? HTTP/1.1$", "");
    }
}
