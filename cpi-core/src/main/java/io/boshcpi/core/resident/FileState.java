package io.boshcpi.core.resident;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Distinguishes states of a file without reading it: by device, inode, size and time of change. */
final class FileState {
    private FileState() {}

    /** The state of a file that no launcher compares, in a form that takes the JDK a fifth of the time. */
    static String ofOwn(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            long micros = found.lastModifiedTime().to(TimeUnit.MICROSECONDS);
            return found.fileKey() + ":" + found.size() + ":" + micros;
        } catch (IOException e) {
            return "";
        }
    }

    /** The state as the launcher writes it; empty for a missing file. */
    static String of(Path file) {
        try {
            Map<String, Object> found = Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime");
            Object modified = found.get("lastModifiedTime");
            long micros = modified instanceof FileTime time ? time.to(TimeUnit.MICROSECONDS) : 0;
            return found.get("dev") + ":" + found.get("ino") + ":" + found.get("size") + ":" + micros;
        } catch (IOException e) {
            return "";
        }
    }
}
