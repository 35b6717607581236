package io.boshcpi.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginFileTest {
    @TempDir
    private Path folder;

    @Test
    void theChecksumTellsJarsOfOneSizeApart() throws IOException {
        Path one = jar("one.jar", "class A", "");
        Path same = jar("same.jar", "class A", "");
        Path other = jar("other.jar", "class B", "");
        assertThat(PluginFile.of(one).size()).isEqualTo(Files.size(one)).isEqualTo(Files.size(other));
        assertThat(checksum(one)).isEqualTo(checksum(same)).isNotEqualTo(checksum(other));
    }

    @Test
    void whatHasNoDirectoryAtItsEndIsReadAsAWhole() throws IOException {
        assertThat(checksum(jar("one.jar", "class A", "said")))
                .isNotEqualTo(checksum(jar("other.jar", "class B", "said")));
        assertThat(checksum(text("a", "x".repeat(100) + "y"))).isNotEqualTo(checksum(text("b", "z" + "x".repeat(100))));
        assertThat(checksum(text("c", "a"))).isNotEqualTo(checksum(text("d", "b")));
        assertThat(PluginFile.of(text("empty", "")).checksum()).isZero();
    }

    private static long checksum(Path file) throws IOException {
        return PluginFile.of(file).checksum();
    }

    private Path text(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private Path jar(String name, String content, String comment) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream jar = new ZipOutputStream(out)) {
            jar.setMethod(ZipOutputStream.DEFLATED);
            jar.setComment(comment);
            ZipEntry entry = new ZipEntry("A.class");
            entry.setTime(0);
            jar.putNextEntry(entry);
            jar.write(content.getBytes(StandardCharsets.UTF_8));
            jar.closeEntry();
        }
        return file;
    }
}
