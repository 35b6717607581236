package io.boshcpi.core.call;

import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.log.LogLevel;
import io.boshcpi.core.log.OperatorText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Warns of a configuration file that holds a private key and that everybody on the machine can read. */
final class FileModes {
    private static final int READABLE_BY_OTHERS = 0004;
    private static final String PRIVATE_KEY = "PRIVATE KEY";

    private FileModes() {}

    /**
     * Warns if the file itself holds a private key and others can read it. Keys that a request brings do not matter here.
     *
     * @param content what the file holds
     */
    static void warnIfReadable(Path file, Map<String, ?> content, CallLog log) {
        try {
            if (holdsPrivateKey(content.values())
                    && Files.getAttribute(file, "unix:mode") instanceof Integer mode
                    && (mode & READABLE_BY_OTHERS) != 0) {
                log.log(LogLevel.WARN, file + " holds a private key, but every user of this machine can read it");
            }
        } catch (IOException | UnsupportedOperationException e) {
            log.log(LogLevel.DEBUG, "The mode of " + file + " is not known: " + OperatorText.of(e));
        }
    }

    private static boolean holdsPrivateKey(@Nullable Object value) {
        if (value instanceof Map<?, ?> hash) {
            return holdsPrivateKey(hash.values());
        } else if (value instanceof Iterable<?> list) {
            for (Object element : list) {
                if (holdsPrivateKey(element)) {
                    return true;
                }
            }
            return false;
        }
        return value instanceof String text && text.contains(PRIVATE_KEY);
    }
}
