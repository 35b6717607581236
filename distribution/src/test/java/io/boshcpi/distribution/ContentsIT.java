package io.boshcpi.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is in the distribution, and what is not. */
@Tag("distribution")
class ContentsIT {
    @Test
    void noImitationOfAServerAndNoneOfItsLibrariesIsShipped() throws IOException {
        assertThat(jars())
                .hasSizeGreaterThan(20)
                .noneMatch(jar -> jar.matches("(.*fake|.*testkit|bcp|bcu|commons-|junit|assertj).*"));
        assertThat(CpiProcess.distribution().resolve("training")).doesNotExist();
    }

    @Test
    void theLibraryOfTlsIsBesideItsJarForEachPlatformOfLinux() throws IOException {
        Path lib = CpiProcess.distribution().resolve("lib");
        try (Stream<Path> files = Files.list(lib.resolve("native"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "libconscrypt_openjdk_jni-linux-aarch_64.so", "libconscrypt_openjdk_jni-linux-x86_64.so");
        }
        assertThat(jars()).filteredOn(jar -> jar.startsWith("conscrypt")).hasSize(1);
    }

    /** Each jar there costs each call time, above all those over TLS, whose library looks for a class in vain. */
    @Test
    void theClassPathOfCallsHasNothingOfCommandsNorOfOtherProviders() throws IOException {
        Path lib = CpiProcess.distribution().resolve("lib");
        String calls = Files.readString(lib.resolve("class-path")).strip();
        assertThat(calls)
                .contains("plugins/lxd.jar", "plugins/lxd-project.jar", "lib/jackson-databind-")
                .doesNotContain("docker", "picocli", "conformance", "snakeyaml", "distribution.jar");
        assertThat(Files.readString(lib.resolve("command.class-path")))
                .startsWith(calls + ":")
                .contains("picocli", "cpi-conformance", "snakeyaml");
    }

    private static List<String> jars() throws IOException {
        try (Stream<Path> files = Files.walk(CpiProcess.distribution())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .toList();
        }
    }
}
