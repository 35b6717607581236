package io.boshcpi.core.resident;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.log.Redactor;
import io.boshcpi.core.status.CallMetrics;
import io.boshcpi.core.status.Exposition;
import io.boshcpi.core.status.HostStatus;
import io.boshcpi.core.status.StatusSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {
    private final CallMetrics calls = new CallMetrics();
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path configuration;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @SuppressWarnings("NullAway.Init")
    private MetricsFile metrics;

    @BeforeEach
    void configure() throws IOException {
        configuration = folder.resolve("cpi.json");
        file = Files.createDirectory(folder.resolve("metrics")).resolve("cpi.prom");
        HostStatus.Identity identity = new HostStatus.Identity("1", "b", 1, configuration, folder.resolve("s"));
        StatusSource source = new StatusSource(identity, calls);
        metrics = new MetricsFile(
                configuration,
                () -> source.now(new HostStatus.Queue(0, 1, 1, 0, 1), Map.of()),
                new CallLog(logged, new Redactor()));
        write(file);
    }

    private void write(Path target) throws IOException {
        Files.writeString(configuration, "{\"metrics\":{\"file\":\"" + target + "\",\"interval\":7}}");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("metrics"))) {
            return files.map(each -> String.valueOf(each.getFileName())).toList();
        }
    }

    private String log() {
        return logged.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theFileIsForItsOwnerAloneAndNothingElseIsLeftInItsFolder() throws IOException {
        Files.writeString(folder.resolve("metrics/.cpi.prom.new"), "of a host that was killed while it wrote");

        assertThat(metrics.writeOnce()).isEqualTo(Duration.ofSeconds(7));

        assertThat(files()).containsExactly("cpi.prom");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Exposition.parse(Files.readString(file)).value("process_uptime_seconds"))
                .isPositive();
    }

    @Test
    void theFileIsReplacedAndNotWrittenInto() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "unchanged");
        Files.createSymbolicLink(file, precious);

        metrics.writeOnce();

        assertThat(precious).hasContent("unchanged");
        assertThat(file).isRegularFile();
        assertThat(Files.isSymbolicLink(file)).isFalse();
    }

    @Test
    void theFileGoesWithTheHostAndDoesNotComeBack() throws IOException {
        metrics.writeOnce();

        metrics.close();
        metrics.writeOnce();

        assertThat(files()).isEmpty();
    }

    @Test
    void aFileThatIsNoLongerConfiguredGoes() throws IOException {
        metrics.writeOnce();
        write(file.resolveSibling("other.prom"));
        metrics.writeOnce();
        assertThat(files()).containsExactly("other.prom");

        Files.writeString(configuration, "{}");
        metrics.writeOnce();
        assertThat(files()).isEmpty();
    }

    @Test
    void aFolderThatIsNotThereIsToldOnceAndNothingElseSuffers() throws IOException {
        write(folder.resolve("absent/cpi.prom"));

        metrics.writeOnce();
        metrics.writeOnce();

        assertThat(log()).containsOnlyOnce("The metrics cannot be written to " + folder.resolve("absent/cpi.prom"));
    }

    @Test
    void aConfigurationThatIsWrongIsToldOnceAndTheFileStays() throws IOException {
        metrics.writeOnce();
        Files.writeString(configuration, "{\"metrics\":{\"file\":\"relative\"}}");

        metrics.writeOnce();
        metrics.writeOnce();

        assertThat(log()).containsOnlyOnce("metrics.file must be the absolute path of a file");
        assertThat(file).exists();
    }
}
