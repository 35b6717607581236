package io.boshcpi.distribution.assembly;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Takes native libraries out of a jar that keeps them in {@code META-INF/native}. Such a jar copies its library into the
 * temporary folder at each start, which costs a cold call more than the rest of it, and fails where that folder may not
 * hold programs. The libraries for Linux go to a folder that {@code lib/java.options} names, the others away.
 */
final class NativeLibraries {
    private static final String FOLDER = "META-INF/native/";
    private static final String LINUX = ".so";

    private NativeLibraries() {}

    /** Leaves a jar without such libraries as it is. */
    static void takeOut(Path jar, Path folder) throws IOException {
        Path smaller = jar.resolveSibling(jar.getFileName() + ".new");
        try (ZipFile from = new ZipFile(jar.toFile())) {
            List<ZipEntry> kept = new ArrayList<>();
            List<ZipEntry> taken = new ArrayList<>();
            for (ZipEntry entry : from.stream().toList()) {
                (entry.getName().startsWith(FOLDER) ? taken : kept).add(entry);
            }
            if (taken.isEmpty()) {
                return;
            }
            extract(from, taken, folder);
            try (ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(smaller))) {
                for (ZipEntry entry : kept) {
                    to.putNextEntry(copyOf(entry));
                    copy(from, entry, to);
                }
            }
        }
        Files.move(smaller, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void extract(ZipFile from, List<ZipEntry> entries, Path folder) throws IOException {
        for (ZipEntry entry : entries) {
            String name = entry.getName().substring(FOLDER.length());
            if (name.endsWith(LINUX) && name.indexOf('/') < 0) {
                Files.createDirectories(folder);
                try (OutputStream to = Files.newOutputStream(folder.resolve(name))) {
                    copy(from, entry, to);
                }
            }
        }
    }

    /** The time stays, so that equal jars make equal jars. */
    private static ZipEntry copyOf(ZipEntry entry) {
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal());
        return copy;
    }

    private static void copy(ZipFile from, ZipEntry entry, OutputStream to) throws IOException {
        try (InputStream content = from.getInputStream(entry)) {
            content.transferTo(to);
        }
    }
}
