package io.boshcpi.distribution.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The training of the built distribution, with recordings that fit and others that do not. */
@Tag("distribution")
@Timeout(180)
class TrainingIT {
    private static final Path HOME = Path.of("target/cpi").toAbsolutePath();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path recording;

    @BeforeEach
    void copyFiles() throws IOException {
        Path training = HOME.resolve("lib/training");
        try (Stream<Path> files = Files.walk(training)) {
            for (Path file : files.skip(1).toList()) {
                Files.copy(file, folder.resolve(training.relativize(file).toString()));
            }
        }
        recording = folder.resolve("recording.jsonl");
    }

    private void train() throws Exception {
        List<String> command = List.of(
                folder.toString(),
                "sh",
                "-c",
                "cd " + HOME + " && exec " + System.getProperty("java.home")
                        + "/bin/java @lib/java.options @lib/class-path io.boshcpi.core.cli.Rehearsal 2>/dev/null");
        Training.main(command.toArray(new String[0]));
    }

    @Test
    void theRecordingFitsOverBothTransports() {
        assertThat(folder.resolve("configurations")).isDirectoryContaining("glob:**/unix.json");
        assertThat(folder.resolve("configurations")).isDirectoryContaining("glob:**/https.json");
        assertThatCode(this::train).doesNotThrowAnyException();
    }

    @Test
    void aRequestThatIsNoLongerRecordedFailsTheTraining() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(recording));
        String taken = lines.stream()
                .filter(line -> line.contains("\"request\":\"POST /1.0/instances?"))
                .findFirst()
                .orElseThrow();
        lines.remove(taken);
        Files.write(recording, lines);

        assertThatThrownBy(this::train)
                .hasMessageContaining("scripts/record-training")
                .hasMessageContaining("not recorded: POST /1.0/instances?");
    }

    @Test
    void aRecordedRequestThatNoCallMakesFailsTheTraining() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(recording));
        lines.add("{\"request\":\"GET /1.0/no-longer\",\"status\":200,\"body\":{}}");
        Files.write(recording, lines);

        assertThatThrownBy(this::train).hasMessageContaining("recorded, but not asked: GET /1.0/no-longer");
    }
}
