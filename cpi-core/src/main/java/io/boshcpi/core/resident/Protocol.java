package io.boshcpi.core.resident;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What launchers begin with, and the frames that the host sends. {@code distribution/launcher/PROTOCOL.md} describes the whole protocol.
 */
final class Protocol {
    /** What a launcher of this version begins with. */
    static final byte[] MAGIC = "BOSHCPI2".getBytes(StandardCharsets.US_ASCII);

    /** What a question for the status begins with. */
    static final byte[] STATUS_MAGIC = "BOSHCPI?".getBytes(StandardCharsets.US_ASCII);

    /** Four paths of the greatest length, and some more. */
    static final int MAX_GREETING = 5 * 4096;

    /** The call is the host's from now on. */
    static final byte ACCEPTED = 'A';

    /** The call is not for this host, for the reason that follows. */
    static final byte REFUSED = 'R';

    /** Lines of the log. */
    static final byte LOG = 'L';

    /** The response or the status, or a part of it. */
    static final byte RESPONSE = 'O';

    /** The response or the status is complete. */
    static final byte END = 'E';

    private static final int HEADER = 5;

    private Protocol() {}

    /** A greeting, ready to be written. */
    static byte[] greeting(byte[] magic, byte[] fields) {
        return ByteBuffer.allocate(magic.length + Integer.BYTES + fields.length)
                .put(magic)
                .putInt(fields.length)
                .put(fields)
                .array();
    }

    /** A frame, ready to be written. */
    static ByteBuffer frame(byte kind, byte[] content, int offset, int length) {
        return ByteBuffer.allocate(HEADER + length)
                .put(kind)
                .putInt(length)
                .put(content, offset, length)
                .flip();
    }

    /** A frame with nothing in it. */
    static ByteBuffer frame(byte kind) {
        return frame(kind, new byte[0], 0, 0);
    }

    /** A frame with a text that fits into the launcher's buffer. */
    static ByteBuffer frame(byte kind, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        return frame(kind, content, 0, Math.min(content.length, 200));
    }
}
