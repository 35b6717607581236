package io.boshcpi.core.resident;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a launcher ({@code cpi.c}) and the host say to each other.
 *
 * <p>The launcher begins: the magic, which includes the protocol's version; the length of what follows in four bytes;
 * and the fields of a {@link Hello}, each ended by a NUL. The host says {@link #ACCEPTED} or {@link #REFUSED}. Only then
 * does the launcher send the request as it comes, and ends it by shutting down its side. The host sends {@link #LOG} as
 * the call goes on, then {@link #RESPONSE}, and {@link #END}: a response without it is none.
 *
 * <p>What the host sends comes in frames: one byte that tells the kind, the length in four bytes, the content. Numbers
 * have their highest byte first.
 */
final class Protocol {
    /** What a launcher of this version begins with. */
    static final byte[] MAGIC = "BOSHCPI1".getBytes(StandardCharsets.US_ASCII);

    /** Four paths of the greatest length, and some more. */
    static final int MAX_HELLO = 5 * 4096;

    /** The call is the host's from now on. */
    static final byte ACCEPTED = 'A';

    /** The call is not for this host, for the reason that follows. */
    static final byte REFUSED = 'R';

    /** Lines of the log. */
    static final byte LOG = 'L';

    /** The response, or a part of it. */
    static final byte RESPONSE = 'O';

    /** The response is complete. */
    static final byte END = 'E';

    private static final int HEADER = 5;

    private Protocol() {}

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
