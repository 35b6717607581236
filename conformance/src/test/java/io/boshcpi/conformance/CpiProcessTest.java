package io.boshcpi.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.conformance.wire.CpiProcess;
import io.boshcpi.conformance.wire.Output;
import io.boshcpi.conformance.wire.Output.End;
import io.boshcpi.conformance.wire.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is seen of a process: its end, its streams, what it was given. */
class CpiProcessTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void aProcessGetsTheRequestAndTheEnvironmentOfADirector() throws IOException {
        Output output = call(LONG, "small", "cat", "echo", "/usr/bin/env >&2", "exit 3");

        assertThat(output.text()).isEqualTo("small\n");
        assertThat(output.stderr())
                .contains("PATH=/usr/sbin:/usr/bin:/sbin:/bin")
                .doesNotContain("JAVA", "LANG");
        assertThat(output.exitCode()).isEqualTo(3);
        assertThat(output.end()).isEqualTo(End.EXITED);
        assertThat(output.requestRead()).isTrue();
    }

    @Test
    void aRequestThatIsNotReadIsSeen() throws IOException {
        Output output = call(LONG, "x".repeat(1_000_000), "exec 0<&-", "echo answer");

        assertThat(output.text()).isEqualTo("answer\n");
        assertThat(output.requestRead()).isFalse();
    }

    @Test
    void aProcessThatHangsIsKilledWithItsChildren() throws IOException {
        Output output = call(Duration.ofSeconds(1), "", "echo begun", "sleep 1000");

        assertThat(output.end()).isEqualTo(End.TIMED_OUT);
        assertThat(output.text()).isEqualTo("begun\n");
    }

    @Test
    void aChildThatHoldsStdoutOpenIsSeen() throws IOException {
        Path pid = folder.resolve("pid");
        Output output = call(LONG, "", "echo answer", "sleep 1000 2>/dev/null &", "echo $! > " + pid);

        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
        assertThat(output.end()).isEqualTo(End.STREAM_OPEN);
        assertThat(output.text()).isEqualTo("answer\n");
    }

    @Test
    void aFileThatIsNoProgramDoesNotStart() {
        Output output = new CpiProcess(List.of(folder.resolve("none").toString()), LONG).call(Request.raw(""));

        assertThat(output.end()).isEqualTo(End.NOT_STARTED);
        assertThat(output.stderr()).contains("none");
    }

    private Output call(Duration timeout, String request, String... lines) throws IOException {
        Path script = new ScriptedCpi(folder).script(lines);
        return new CpiProcess(List.of(script.toString()), timeout).call(Request.raw(request));
    }
}
