package io.boshcpi.core.resident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.core.installation.Distribution;
import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.log.Redactor;
import io.boshcpi.core.resident.Launcher.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ListenerTest {
    private static final String BUILD = "1.0\nabc\n";
    private static final byte[] INFO = "{\"method\":\"info\",\"arguments\":[],\"context\":{\"request_id\":\"cpi-7\"}}"
            .getBytes(StandardCharsets.UTF_8);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path configuration;

    @SuppressWarnings("NullAway.Init")
    private Path socket;

    @SuppressWarnings("NullAway.Init")
    private Listener listener;

    @SuppressWarnings("NullAway.Init")
    private CompletableFuture<Void> running;

    @BeforeEach
    void listen() throws IOException {
        folder = folder.toRealPath();
        Files.createDirectories(folder.resolve("home/plugins"));
        Files.createDirectories(folder.resolve("home/lib"));
        configuration = Files.writeString(folder.resolve("cpi.json"), "{}");
        socket = folder.resolve("s");
        CallLog log = new CallLog(OutputStream.nullOutputStream(), new Redactor());
        Hosts hosts = new Hosts(new Distribution(folder.resolve("home")), configuration, log);
        Doorkeeper doorkeeper = new Doorkeeper(BUILD, folder.resolve("home").toString(), configuration);
        listener = new Listener(SocketFile.at(socket), doorkeeper, new Calls(hosts, log), log);
        running = CompletableFuture.runAsync(() -> {
            try {
                listener.run();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @AfterEach
    void end() throws InterruptedException, ExecutionException {
        listener.stop();
        running.get();
    }

    private String[] greeting() {
        return new String[] {
            BUILD,
            folder.resolve("home").toString(),
            configuration.toString(),
            FileState.of(configuration),
            folder.toString()
        };
    }

    private Launcher accepted() throws IOException {
        Launcher launcher = new Launcher(socket).greet(greeting());
        assertThat(launcher.receive()).isEqualTo(new Frame('A', ""));
        return launcher;
    }

    private String refusal(int field, String value) throws IOException {
        String[] greeting = greeting();
        greeting[field] = value;
        try (Launcher launcher = new Launcher(socket)) {
            List<Frame> frames = launcher.greet(greeting).receiveAll();
            assertThat(frames).extracting(Frame::kind).containsExactly('R');
            return frames.get(0).content();
        }
    }

    @Test
    void answersACallWithItsLogItsResponseAndTheEnd() throws IOException {
        try (Launcher launcher = accepted()) {
            List<Frame> frames = launcher.send(INFO).endRequest().receiveAll();

            int last = frames.size() - 1;
            assertThat(frames.get(last)).isEqualTo(new Frame('E', ""));
            assertThat(frames.get(last - 1).kind()).isEqualTo('O');
            assertThat(frames.get(last - 1).content())
                    .startsWith("{\"result\":")
                    .endsWith("\n");
            assertThat(frames.subList(0, last - 1))
                    .isNotEmpty()
                    .allMatch(frame -> frame.kind() == 'L' && frame.content().contains("[cpi-7]"));
        }
    }

    @Test
    void answersWithAnErrorWhatIsNoRequest() throws IOException {
        try (Launcher launcher = accepted()) {
            List<Frame> frames = launcher.send(new byte[] {'{'}).endRequest().receiveAll();

            assertThat(frames)
                    .filteredOn(frame -> frame.kind() == 'O')
                    .singleElement()
                    .satisfies(frame -> assertThat(frame.content()).contains("Bosh::Clouds::CpiError"));
        }
    }

    @Test
    void readsARequestThatIsFarTooLargeAndAnswersThatItIs() throws IOException {
        try (Launcher launcher = accepted()) {
            byte[] part = new byte[1 << 20];
            for (int i = 0; i < 9; i++) {
                launcher.send(part);
            }
            List<Frame> frames = launcher.endRequest().receiveAll();

            assertThat(frames)
                    .filteredOn(frame -> frame.kind() == 'O')
                    .singleElement()
                    .satisfies(frame -> assertThat(frame.content()).contains("larger than"));
        }
    }

    @Test
    void refusesACallOfAnotherBuildFolderOrConfiguration() throws IOException {
        assertThat(refusal(0, "1.0\nabd\n")).contains("another build");
        assertThat(refusal(1, "/elsewhere")).contains("runs from");
        assertThat(refusal(2, "/other.json")).contains("has the configuration");
        assertThat(refusal(3, "1:2:3:4")).contains("another state");
    }

    @Test
    void refusesWhatIsNoGreeting() throws IOException {
        try (Launcher launcher = new Launcher(socket)) {
            assertThat(launcher.send(new byte[100]).receiveAll())
                    .extracting(Frame::kind)
                    .containsExactly('R');
        }
    }

    @Test
    void goesOnAfterLaunchersThatHangUpAtAnyPoint() throws IOException {
        new Launcher(socket).close();
        new Launcher(socket).greet(greeting()).close();
        accepted().close();
        Launcher midway = accepted();
        midway.send(INFO);
        midway.close();
        Launcher impatient = accepted();
        impatient.send(INFO).endRequest();
        impatient.close();

        answersACallWithItsLogItsResponseAndTheEnd();
    }

    @Test
    void refusesMoreCallsThanItHasPlacesForAndTakesThemAgainLater() throws IOException {
        List<Launcher> waiting = new ArrayList<>();
        Frame answer;
        do {
            Launcher launcher = new Launcher(socket).greet(greeting());
            answer = launcher.receive();
            waiting.add(launcher);
        } while (answer.kind() == 'A');
        assertThat(answer.content()).contains("too many");
        assertThat(waiting).hasSize(64 + 192 + 1);

        for (Launcher launcher : waiting.subList(0, waiting.size() - 1)) {
            assertThat(launcher.send(INFO).endRequest().receiveAll())
                    .extracting(Frame::kind)
                    .endsWith('E');
            launcher.close();
        }
        answersACallWithItsLogItsResponseAndTheEnd();
    }

    @Test
    void finishesAcceptedCallsWhenItIsStoppedAndTakesNoOthers() throws Exception {
        Launcher launcher = accepted();

        listener.stop();

        while (Files.exists(socket)) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(() -> new Launcher(socket)).isInstanceOf(IOException.class);
        assertThat(running.isDone()).isFalse();
        assertThat(launcher.send(INFO).endRequest().receiveAll())
                .extracting(Frame::kind)
                .endsWith('O', 'E');
        running.get(10, TimeUnit.SECONDS);
    }

    @Test
    void lendsItsSocketToNobodyElse() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> SocketFile.at(socket))
                .isInstanceOf(java.nio.channels.OverlappingFileLockException.class);
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder("home", "cpi.json", "s", "s.lock");
        }
    }

    @Test
    void readsAChangedConfigurationWithTheNextCall() throws IOException {
        Files.writeString(configuration, "{\"log_level\": \"loud\"}");

        try (Launcher launcher = accepted()) {
            assertThat(launcher.send(INFO).endRequest().receiveAll())
                    .anyMatch(frame -> frame.kind() == 'O' && frame.content().contains("log_level"));
        }
    }

    @Test
    void loadsAPluginThatHasBeenAdded() throws IOException {
        answersACallWithItsLogItsResponseAndTheEnd();
        ByteArrayOutputStream none = new ByteArrayOutputStream();
        Files.write(folder.resolve("home/plugins/broken.jar"), none.toByteArray());

        try (Launcher launcher = accepted()) {
            assertThat(launcher.send(INFO).endRequest().receiveAll())
                    .anyMatch(frame -> frame.kind() == 'O' && frame.content().contains("broken.jar"));
        }
    }
}
