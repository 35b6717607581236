package io.boshcpi.distribution.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {
    @TempDir
    private Path folder;

    @Test
    void theLibrariesForLinuxEndUpBesideTheJarAndTheOthersNowhere() throws IOException {
        Path jar = jar("x.jar", "A.class", "META-INF/native/libx-linux-x86_64.so", "META-INF/native/x-windows.dll");

        NativeLibraries.takeOut(jar, folder.resolve("native"));

        assertThat(entries(jar)).containsExactly("A.class");
        assertThat(folder.resolve("native")).isDirectoryNotContaining("glob:**dll");
        assertThat(folder.resolve("native/libx-linux-x86_64.so")).hasContent("META-INF/native/libx-linux-x86_64.so");
    }

    @Test
    void whatIsInTheJarStaysAsItWas() throws IOException {
        Path jar = jar("x.jar", "a/A.class", "META-INF/MANIFEST.MF", "META-INF/native/libx.so");

        NativeLibraries.takeOut(jar, folder.resolve("native"));

        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry("a/A.class");
            assertThat(zip.getInputStream(entry)).hasContent("a/A.class");
            assertThat(entry.getTime()).isEqualTo(1_000_000_000_000L);
        }
    }

    @Test
    void aJarWithoutLibrariesIsNotWrittenAnew() throws IOException {
        Path jar = jar("x.jar", "A.class", "native/libx.so");
        byte[] before = Files.readAllBytes(jar);

        NativeLibraries.takeOut(jar, folder.resolve("native"));

        assertThat(jar).hasBinaryContent(before);
        assertThat(folder.resolve("native")).doesNotExist();
    }

    private Path jar(String name, String... entries) throws IOException {
        Path jar = folder.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String entry : entries) {
                ZipEntry made = new ZipEntry(entry);
                made.setTime(1_000_000_000_000L);
                zip.putNextEntry(made);
                zip.write(entry.getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private static List<String> entries(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }
}
