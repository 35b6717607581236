package io.boshcpi.core.status;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a process takes; {@code null} for what the system does not tell. Read without the JDK's management beans, whose
 * classes would take the host more memory than they report on.
 *
 * @param heapUsed bytes of the heap in use, garbage included
 * @param heapCommitted bytes of the heap that the system has given
 * @param heapLimit the most bytes of heap
 * @param residentBytes physical memory of the process
 * @param threads its threads
 * @param openFiles its file descriptors
 * @param cpu the processor time that it has used
 */
record Resources(
        long heapUsed,
        long heapCommitted,
        long heapLimit,
        @Nullable Long residentBytes,
        @Nullable Long threads,
        @Nullable Long openFiles,
        @Nullable Duration cpu) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    static Resources now() {
        Runtime runtime = Runtime.getRuntime();
        long committed = runtime.totalMemory();
        Long residentKib = kernelNumber("VmRSS:");
        return new Resources(
                committed - runtime.freeMemory(),
                committed,
                runtime.maxMemory(),
                residentKib == null ? null : residentKib << 10,
                kernelNumber("Threads:"),
                descriptors(),
                ProcessHandle.current().info().totalCpuDuration().orElse(null));
    }

    private static @Nullable Long kernelNumber(String key) {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(key)) {
                    return Long.valueOf(
                            line.substring(key.length()).replace("kB", "").strip());
                }
            }
        } catch (IOException | NumberFormatException e) {
            // Not Linux, or one that hides it.
        }
        return null;
    }

    private static @Nullable Long descriptors() {
        long count = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path entry : entries) {
                count += entry.getNameCount() > 0 ? 1 : 0;
            }
            return count;
        } catch (IOException e) {
            return null;
        }
    }
}
