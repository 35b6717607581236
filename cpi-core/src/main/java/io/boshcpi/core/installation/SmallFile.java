package io.boshcpi.core.installation;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files on the way of each call without the channels behind {@link Files}: they are 40 classes to be loaded. */
public final class SmallFile {
    private SmallFile() {}

    /**
     * The file's content.
     *
     * @throws NoSuchFileException if there is no such file
     */
    public static byte[] read(Path file) throws IOException {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return in.readAllBytes();
        } catch (FileNotFoundException e) {
            if (Files.exists(file)) {
                throw e; // It is there, but may not be read.
            }
            NoSuchFileException absent = new NoSuchFileException(file.toString());
            absent.initCause(e);
            throw absent;
        }
    }
}
