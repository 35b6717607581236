package io.boshcpi.lxd.client.failure;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Failures of local files in words. */
public final class FileFailures {
    private FileFailures() {}

    /** Why it failed; the messages of the JDK's own exceptions about files are no more than the file's name. */
    public static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file";
        } else if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        return String.valueOf(failure.getMessage());
    }
}
