package io.boshcpi.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.distribution.Packaged.Outcome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever becomes of the archive of classes: a call prints one response, and not a word of the JVM's. */
@Tag("distribution")
@Timeout(180)
class ArchiveIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Packaged cpi;

    @SuppressWarnings("NullAway.Init")
    private Path archive;

    @SuppressWarnings("NullAway.Init")
    private Path record;

    @BeforeEach
    void copy() throws IOException {
        cpi = Packaged.in(folder);
        Files.writeString(cpi.configuration(), "{}");
        cpi = cpi.copy();
        archive = cpi.home().resolve("lib/cpi.jsa");
        record = cpi.home().resolve("lib/cpi.jsa.sum");
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rw-r--r--"));
    }

    /** The Java of the tests, and every other that is installed: the archive fits one of them at the most. */
    static List<Path> javas() throws IOException {
        Path own = Path.of(System.getProperty("java.home")).toRealPath();
        Path others = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(others)) {
            return List.of(own);
        }
        try (Stream<Path> found = Files.list(others)) {
            return Stream.concat(
                            Stream.of(own),
                            found.filter(home -> Files.isExecutable(home.resolve("bin/javac")))
                                    .map(ArchiveIT::real))
                    .distinct()
                    .toList();
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertQuiet(Path java) throws IOException, InterruptedException {
        Outcome outcome = cpi.start(
                        "cpi-cold",
                        Packaged.request("info"),
                        Map.of("CPI_JAVA", java.resolve("bin/java").toString()))
                .end();
        assertThat(outcome.status()).isZero();
        assertThat(outcome.stdout())
                .startsWith("{\"result\":{\"api_version\":3")
                .containsOnlyOnce("\n")
                .endsWith("}\n");
        assertThat(outcome.stderr().lines()).isNotEmpty().allMatch(line -> line.contains(" INFO [cpi-7] "));
    }

    /** As a careless copy might: the time of change stays. */
    private void replaceArchive(byte[] content) throws IOException {
        FileTime time = Files.getLastModifiedTime(archive);
        Files.write(archive, content);
        Files.setLastModifiedTime(archive, time);
    }

    @ParameterizedTest
    @MethodSource("javas")
    void aDistributionThatMoved(Path java) throws Exception {
        assertQuiet(java);
    }

    @ParameterizedTest
    @MethodSource("javas")
    void anArchiveThatIsMissing(Path java) throws Exception {
        Files.delete(archive);
        assertQuiet(java);
        Files.delete(record);
        assertQuiet(java);
    }

    @ParameterizedTest
    @MethodSource("javas")
    void anArchiveThatIsTruncated(Path java) throws Exception {
        byte[] content = Files.readAllBytes(archive);
        for (int length : new int[] {0, 100, 4096, content.length / 2, content.length - 1}) {
            replaceArchive(Arrays.copyOf(content, length));
            assertQuiet(java);
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void anArchiveThatIsGarbage(Path java) throws Exception {
        byte[] garbage = new byte[(int) Files.size(archive)];
        new Random(1).nextBytes(garbage);
        replaceArchive(garbage);
        assertQuiet(java);
    }

    @ParameterizedTest
    @MethodSource("javas")
    void anArchiveThatWasWrittenToAfterItWasMade(Path java) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
            file.seek(file.length() / 2);
            file.write(new byte[1 << 20]);
        }
        Files.setLastModifiedTime(archive, FileTime.fromMillis(System.currentTimeMillis() + 2000));
        assertQuiet(java);
    }

    @Test
    void aCopyWhoseTimesAreNewUsesTheArchiveFromItsFirstCallOn() throws Exception {
        assertThat(classesFromArchive()).isGreaterThan(100);
        copiedAgain();

        assertThat(classesFromArchive()).isGreaterThan(100);
    }

    @Test
    void aCopyWithAnotherJarDoesNotUseTheArchive() throws Exception {
        Path jar = cpi.home().resolve("plugins/lxd-project.jar");
        byte[] content = Files.readAllBytes(jar);
        copiedAgain();
        content[10] ^= 1; // the time of the first entry, so that the jar stays readable
        Files.write(jar, content);

        assertThat(classesFromArchive()).isZero();
        assertThat(classesFromArchive()).isZero();
    }

    /** Each file gets a time of its own, as {@code cp -r} does it. */
    private void copiedAgain() throws IOException {
        long now = System.currentTimeMillis();
        try (Stream<Path> files = Files.walk(cpi.home())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(now++));
            }
        }
    }

    /** How many classes a call has from the distribution's archive. */
    private long classesFromArchive() throws Exception {
        Path log = folder.resolve("classes");
        Path java = folder.resolve("java");
        Files.writeString(
                java,
                "#!/bin/sh\nreal=" + System.getProperty("java.home") + "/bin/java\n"
                        + "[ \"$1\" = @lib/java.options ] || exec $real \"$@\"\nshift\n"
                        + "exec $real @lib/java.options -Xlog:class+load:file=" + log + " \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Outcome outcome = cpi.start("cpi-cold", Packaged.request("info"), Map.of("CPI_JAVA", java.toString()))
                .end();
        assertThat(outcome.stdout()).startsWith("{\"result\":{\"api_version\":3");
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.endsWith("(top)")).count();
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void anArchiveOfOtherJars(Path java) throws Exception {
        Path classPath = cpi.home().resolve("lib/class-path");
        String jars = Files.readString(classPath);
        Files.setLastModifiedTime(cpi.home().resolve("plugins/lxd.jar"), FileTime.fromMillis(0));
        assertQuiet(java);
        Files.writeString(classPath, jars.replace("-cp ", "-cp lib/absent.jar:"));
        assertQuiet(java);
    }
}
