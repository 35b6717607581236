package io.boshcpi.distribution.training;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 request or response, in memory as a whole.
 *
 * @param startLine the request line or the status line
 * @param headers the headers by name, which is in lower case; of two with one name the last
 * @param body the content, empty if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // messages are not compared
record HttpMessage(String startLine, Map<String, String> headers, byte[] body) {
    private static final String LENGTH = "content-length";
    private static final String ENCODING = "transfer-encoding";

    /** Reads the next message; {@code null} if the peer has sent its last. */
    static @Nullable HttpMessage read(InputStream in) throws IOException {
        String startLine = line(in);
        if (startLine == null) {
            return null;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = requiredLine(in); !line.isEmpty(); line = requiredLine(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new HttpMessage(startLine, headers, body(in, headers));
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get(ENCODING))) {
            return chunks(in);
        }
        String length = headers.get(LENGTH);
        return length == null ? new byte[0] : exactly(in, Integer.parseInt(length));
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = requiredLine(in);
            int semicolon = size.indexOf(';');
            byte[] chunk = exactly(in, Integer.parseInt(semicolon < 0 ? size : size.substring(0, semicolon), 16));
            requiredLine(in);
            if (chunk.length == 0) {
                return body.toByteArray();
            }
            body.write(chunk);
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the message ends too early");
        }
        return bytes;
    }

    private static String requiredLine(InputStream in) throws IOException {
        String line = line(in);
        if (line == null) {
            throw new EOFException("the message ends too early");
        }
        return line;
    }

    /** A line without its end; {@code null} at the end of the stream. */
    private static @Nullable String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** Writes the message with the length of its body. */
    void write(OutputStream out) throws IOException {
        StringBuilder head = new StringBuilder(startLine).append("\r\n");
        headers.forEach((name, value) -> {
            if (!name.equals(LENGTH) && !name.equals(ENCODING)) {
                head.append(name).append(": ").append(value).append("\r\n");
            }
        });
        head.append(LENGTH).append(": ").append(body.length).append("\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.UTF_8));
        out.write(body);
        out.flush();
    }

    /** Method and target of a request. */
    String request() {
        return startLine.substring(0, startLine.lastIndexOf(' '));
    }

    /** The status of a response. */
    int status() {
        return Integer.parseInt(startLine.substring(9, 12));
    }

    boolean isJson() {
        return headers.getOrDefault("content-type", "").startsWith("application/json");
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
