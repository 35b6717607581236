package io.boshcpi.core.call;

import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.log.LogLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Warns of a file with secrets that everybody on the machine can read. */
final class FileModes {
    private static final int READABLE_BY_OTHERS = 0004;

    private FileModes() {}

    static void warnIfOpen(Path file, CallLog log) {
        try {
            if (Files.getAttribute(file, "unix:mode") instanceof Integer mode && (mode & READABLE_BY_OTHERS) != 0) {
                log.log(LogLevel.WARN, file + " holds a private key, but every user of this machine can read it");
            }
        } catch (IOException | UnsupportedOperationException e) {
            log.log(LogLevel.DEBUG, "The mode of " + file + " is not known: " + e);
        }
    }
}
