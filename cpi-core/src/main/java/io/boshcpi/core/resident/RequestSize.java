package io.boshcpi.core.resident;

import io.boshcpi.core.call.CpiHost;
import org.jspecify.annotations.Nullable;

/**
 * How large a request is, as its launcher counted it.
 *
 * @param bytes its length
 * @param values how many JSON values it has at most
 */
record RequestSize(int bytes, int values) {
    /** The request itself, its characters while they are parsed, its strings, their forms in secrets and logs. */
    private static final int MEMORY_PER_BYTE = 8;

    /** The most that a value takes beyond its characters: a hash in a hash, once as it came and once masked for the log. */
    private static final int MEMORY_PER_VALUE = 120;

    /** Parses {@code BYTES:VALUES}; {@code null} if it is malformed, or the request empty or longer than allowed. */
    static @Nullable RequestSize parse(String text) {
        int colon = text.indexOf(':');
        try {
            int bytes = Integer.parseInt(text.substring(0, Math.max(colon, 0)));
            int values = Integer.parseInt(text.substring(colon + 1));
            boolean possible = bytes > 0 && bytes <= CpiHost.MAX_REQUEST_BYTES && values >= 0 && values <= bytes;
            return possible ? new RequestSize(bytes, values) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The most memory that a call with this request takes for it, in KiB. */
    int memoryKib() {
        return (int) (((long) bytes * MEMORY_PER_BYTE + (long) values * MEMORY_PER_VALUE) >> 10) + 1;
    }
}
