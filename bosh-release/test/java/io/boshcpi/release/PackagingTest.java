package io.boshcpi.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package's script, as the CLI and the agent run it, with small stand-ins for what it unpacks. */
class PackagingTest {
    private static final String PLATFORM = Command.of("sh", "-c", "echo $(uname -s | tr A-Z a-z)-$(uname -m)")
            .run()
            .output()
            .strip();

    @TempDir
    Path folder;

    @BeforeEach
    void aDistribution() throws IOException {
        Files.createDirectories(folder.resolve("source/lxd_cpi"));
        executable("distribution/bin/cpi-prepare", "#!/bin/sh\ncd \"${0%/*}/..\" && ls runtime; echo made >bin/cpi\n");
        Files.createSymbolicLink(folder.resolve("distribution/bin/link"), Path.of("cpi"));
        pack("distribution", "cpi.tgz");
    }

    @Test
    void theRuntimeOfThePlatformComesIntoTheDistribution() throws IOException {
        runtime(PLATFORM, "exit 0");

        compile("/usr/bin:/bin").succeeded();

        assertThat(folder.resolve("target/runtime/bin/java")).isExecutable();
        assertThat(folder.resolve("target/bin/link")).isSymbolicLink();
    }

    @Test
    void theReleasesLauncherStays() throws IOException {
        runtime(PLATFORM, "exit 0");

        Command.Result result = compile("/usr/bin:/bin").succeeded();

        assertThat(result.output()).as("what cpi-prepare found").contains("bin");
        assertThat(folder.resolve("target/bin/cpi")).hasContent("brought");
    }

    @Test
    void aRuntimeThatDoesNotRunHereGivesWayToTheOperatorsJava() throws IOException {
        runtime(PLATFORM, "exit 1");
        executable("own/java", java("21"));

        compile(folder.resolve("own") + ":/usr/bin:/bin").succeeded();

        assertThat(folder.resolve("target/runtime")).doesNotExist();
        assertThat(folder.resolve("target/bin/cpi")).hasContent("made");
    }

    @Test
    void anotherPlatformUsesTheOperatorsJava() throws IOException {
        runtime("plan9-z80", "exit 0");
        executable("own/java", java("17"));

        compile(folder.resolve("own") + ":/usr/bin:/bin").succeeded();

        assertThat(folder.resolve("target/runtime")).doesNotExist();
        assertThat(folder.resolve("target/bin/cpi")).hasContent("made");
    }

    @Test
    void javaHomeComesBeforeThePath() throws IOException {
        runtime("plan9-z80", "exit 0");
        executable("home/bin/java", java("17"));
        executable("own/java", java("11"));

        packaging(folder.resolve("own") + ":/usr/bin:/bin")
                .with("JAVA_HOME", folder.resolve("home"))
                .run()
                .succeeded();
    }

    @Test
    void tooOldAJavaFailsWithAdvice() throws IOException {
        runtime("plan9-z80", "exit 0");
        for (String old : List.of("11", "1.8")) {
            executable("own/java", java(old));

            Command.Result result = compile(folder.resolve("own") + ":/usr/bin:/bin");

            assertThat(result.exitCode()).isNotZero();
            assertThat(result.errors())
                    .contains("needs Java 17 or newer, and there is none for " + PLATFORM)
                    .contains("brew install");
        }
    }

    private Command.Result compile(String path) {
        return packaging(path).run();
    }

    private Command packaging(String path) {
        Path source = folder.resolve("source");
        return Command.of("bash", "-x", Repository.release().resolve("packages/lxd_cpi/packaging"))
                .in(source)
                .with("PATH", path)
                .with("BOSH_COMPILE_TARGET", source)
                .with("BOSH_INSTALL_TARGET", folder.resolve("target"))
                .with("BOSH_PACKAGE_NAME", "lxd_cpi");
    }

    private void runtime(String platform, String script) throws IOException {
        executable("platform/runtime/bin/java", "#!/bin/sh\n" + script + "\n");
        executable("platform/bin/cpi", "brought");
        pack("platform", "platform-" + platform + ".tgz");
    }

    private static String java(String version) {
        return "#!/bin/sh\necho '    java.specification.version = " + version + "' >&2\n";
    }

    private void pack(String name, String tarball) {
        Command.of("tar", "-czf", folder.resolve("source/lxd_cpi").resolve(tarball), "-C", folder.resolve(name), ".")
                .run()
                .succeeded();
    }

    private void executable(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
