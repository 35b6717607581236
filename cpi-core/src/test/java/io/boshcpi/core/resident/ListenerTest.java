package io.boshcpi.core.resident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.core.installation.Distribution;
import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.log.Redactor;
import io.boshcpi.core.resident.Launcher.Frame;
import io.boshcpi.core.rpc.Documents;
import io.boshcpi.core.status.Exposition;
import io.boshcpi.core.status.HostStatus;
import io.boshcpi.core.status.StatusFormat;
import io.boshcpi.core.status.StatusSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private CallLog log;

    @SuppressWarnings("NullAway.Init")
    private Hosts hosts;

    @SuppressWarnings("NullAway.Init")
    private Doorkeeper doorkeeper;

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
        log = new CallLog(OutputStream.nullOutputStream(), new Redactor());
        Files.writeString(folder.resolve("home/lib/build"), BUILD);
        hosts = new Hosts(new Distribution(folder.resolve("home")), configuration, log);
        doorkeeper = new Doorkeeper(BUILD, folder.resolve("home").toString(), configuration);
        start(new Calls(hosts, log), Duration.ofSeconds(30));
    }

    private void start(Calls calls, Duration requestTime) throws IOException {
        HostStatus.Identity identity = new HostStatus.Identity("1.0", "abc", 1, configuration, socket);
        StatusSource source = new StatusSource(identity, calls.metrics());
        StatusDesk desk = new StatusDesk(() -> source.now(calls.queue(), hosts.openConfigurations()), log);
        listener = new Listener(SocketFile.at(socket), doorkeeper, calls, desk, log, requestTime);
        running = CompletableFuture.runAsync(() -> {
            try {
                listener.run();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Replaces the listener by one with other bounds. */
    private void restart(Calls calls, Duration requestTime) throws Exception {
        end();
        start(calls, requestTime);
    }

    @AfterEach
    void end() throws InterruptedException, ExecutionException {
        listener.stop();
        running.get();
    }

    private String[] greeting(byte[] request) {
        return new String[] {
            BUILD,
            folder.resolve("home").toString(),
            configuration.toString(),
            FileState.of(configuration),
            folder.toString(),
            Launcher.size(request)
        };
    }

    private Launcher accepted() throws IOException {
        return accepted(INFO);
    }

    private Launcher accepted(byte[] request) throws IOException {
        Launcher launcher = new Launcher(socket).greet(greeting(request));
        assertThat(launcher.receive()).isEqualTo(new Frame('A', ""));
        return launcher;
    }

    private String refusal(int field, String value) throws IOException {
        String[] greeting = greeting(INFO);
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
        byte[] request = {'{'};
        try (Launcher launcher = accepted(request)) {
            List<Frame> frames = launcher.send(request).endRequest().receiveAll();

            assertThat(frames)
                    .filteredOn(frame -> frame.kind() == 'O')
                    .singleElement()
                    .satisfies(frame -> assertThat(frame.content()).contains("Bosh::Clouds::CpiError"));
        }
    }

    @Test
    void refusesARequestThatIsTooLongEmptyOrOfUnknownSize() throws IOException {
        assertThat(refusal(5, "8388609:2")).contains("not understood");
        assertThat(refusal(5, "0:0")).contains("not understood");
        assertThat(refusal(5, "-1:2")).contains("not understood");
        assertThat(refusal(5, "2:3")).contains("not understood");
        assertThat(refusal(5, "70")).contains("not understood");
    }

    @Test
    void hangsUpOnALauncherThatSendsMoreOrLessThanItHasSaid() throws IOException {
        try (Launcher more = accepted();
                Launcher less = accepted()) {
            assertThatThrownBy(() -> more.send(INFO).send(INFO).endRequest().receive())
                    .isInstanceOf(IOException.class);
            assertThat(less.send(Arrays.copyOf(INFO, INFO.length - 1))
                            .endRequest()
                            .receiveAll())
                    .isEmpty();
        }
        answersACallWithItsLogItsResponseAndTheEnd();
    }

    @Test
    void refusesRequestsForWhichItHasNoMemoryAndTakesThemAgainLater() throws Exception {
        byte[] large = ("{\"method\":\"info\",\"arguments\":[],\"x\":\"" + "x".repeat(4 << 10) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        restart(new Calls(hosts, log, 100), Duration.ofMinutes(1));

        try (Launcher first = accepted(large);
                Launcher second = accepted(large);
                Launcher third = new Launcher(socket).greet(greeting(large))) {
            assertThat(third.receiveAll())
                    .singleElement()
                    .satisfies(
                            frame -> assertThat(frame.kind() + frame.content()).matches("R.*no memory.*"));
            answersACallWithItsLogItsResponseAndTheEnd();

            assertThat(first.send(large).endRequest().receiveAll())
                    .extracting(Frame::kind)
                    .endsWith('E');
            assertThat(second.send(large).endRequest().receiveAll())
                    .extracting(Frame::kind)
                    .endsWith('E');
        }
        while (true) { // The memory is free a moment after the end of the answer.
            try (Launcher launcher = new Launcher(socket).greet(greeting(large))) {
                if (launcher.receive().kind() == 'A') {
                    return;
                }
            }
        }
    }

    @Test
    void refusesARequestOfManySmallValuesSoonerThanOneOfText() throws Exception {
        restart(new Calls(hosts, log, 100), Duration.ofMinutes(1));

        assertThat(refusal(5, "10000:1000")).contains("no memory");
        try (Launcher launcher = new Launcher(socket)) {
            String[] greeting = greeting(INFO);
            greeting[5] = "10000:10";
            assertThat(launcher.greet(greeting).receive().kind()).isEqualTo('A');
        }
    }

    @Test
    void givesThePlaceOfALauncherThatIsSilentAfterItsAcceptanceToOthers() throws Exception {
        int oneRequest =
                Objects.requireNonNull(RequestSize.parse(Launcher.size(INFO))).memoryKib();
        restart(new Calls(hosts, log, oneRequest), Duration.ofSeconds(2));

        try (Launcher silent = accepted()) {
            assertThat(silent.receiveAll())
                    .extracting(frame -> frame.kind() + frame.content())
                    .satisfiesExactly(
                            response -> assertThat(response)
                                    .startsWith("O{\"result\":null")
                                    .contains("did not arrive", "\"ok_to_retry\":true"),
                            end -> assertThat(end).isEqualTo("E"));
        }
        answersACallWithItsLogItsResponseAndTheEnd();
    }

    @Test
    void hangsUpOnALauncherThatSendsItsRequestByteByByte() throws Exception {
        restart(new Calls(hosts, log), Duration.ofMillis(100));

        try (Launcher slow = accepted(new byte[4 << 20])) {
            assertThatThrownBy(() -> {
                        while (true) {
                            slow.send(new byte[1]);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
        assertThat(running.isDone()).isFalse();
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
        new Launcher(socket).greet(greeting(INFO)).close();
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
            Launcher launcher = new Launcher(socket).greet(greeting(INFO));
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

    private StatusClient.Answer status(StatusFormat format) throws IOException {
        return StatusClient.ask(
                socket, new Distribution(folder.resolve("home")), configuration, format, Duration.ofSeconds(30));
    }

    private Exposition metrics() throws IOException {
        return Exposition.parse(status(StatusFormat.PROMETHEUS).document());
    }

    private void awaitEndOfCalls() throws IOException {
        while (metrics().value("bosh_cpi_request_memory_bytes") > 0) {
            Thread.onSpinWait(); // A call gives its memory back a moment after its answer.
        }
    }

    @Test
    void countsTheCallsThatItHasAnsweredAndRefused() throws IOException {
        answersACallWithItsLogItsResponseAndTheEnd();
        answersACallWithItsLogItsResponseAndTheEnd();
        answersWithAnErrorWhatIsNoRequest();
        refusal(0, "1.0\nother\n");
        awaitEndOfCalls();

        Exposition metrics = metrics();
        String count = "rpc_server_call_duration_seconds_count";
        assertThat(metrics.value(count, "rpc_method=\"info\"")).isEqualTo(2);
        assertThat(metrics.value(count, "rpc_method=\"_OTHER\",error_type=\"Bosh::Clouds::CpiError\""))
                .isEqualTo(1);
        assertThat(metrics.value("bosh_cpi_calls_refused_total", "reason=\"build\""))
                .isEqualTo(1);
        assertThat(metrics.value("bosh_cpi_calls_running")).isZero();
    }

    @Test
    void tellsItsStatusInEachFormatToOneWhoseCallsItAnswers() throws IOException {
        for (StatusFormat format : StatusFormat.values()) {
            assertThat(status(format).objection()).isNull();
        }
        assertThat(status(StatusFormat.TEXT).document()).startsWith("version").contains("build abc");
        byte[] json = status(StatusFormat.JSON).document().getBytes(StandardCharsets.UTF_8);
        assertThat(Documents.read("The status", json))
                .isInstanceOfSatisfying(
                        Map.class, status -> assertThat(status.get("socket")).isEqualTo(socket.toString()));
    }

    @Test
    void saysWhyItWouldRefuseTheCallsOfTheOneWhoAsks() throws IOException {
        Path other = Files.writeString(folder.resolve("other.json"), "{}");
        StatusClient.Answer answer = StatusClient.ask(
                socket, new Distribution(folder.resolve("home")), other, StatusFormat.TEXT, Duration.ofSeconds(30));

        assertThat(answer.document()).startsWith("version");
        assertThat(answer.objection()).isEqualTo("the host has the configuration " + configuration);
        assertThat(metrics().value("bosh_cpi_calls_refused_total", "reason=\"configuration\""))
                .as("asking is no call")
                .isZero();
    }

    @Test
    void tellsItsStatusWhileItHasNoPlaceForCalls() throws Exception {
        int oneRequest =
                Objects.requireNonNull(RequestSize.parse(Launcher.size(INFO))).memoryKib();
        restart(new Calls(hosts, log, oneRequest), Duration.ofMinutes(1));

        try (Launcher silent = accepted()) {
            assertThat(metrics().value("bosh_cpi_request_memory_bytes")).isEqualTo(oneRequest * 1024.0);
            assertThat(refusal(5, "70:5")).contains("no memory");
            assertThat(metrics().value("bosh_cpi_calls_refused_total", "reason=\"memory\""))
                    .isEqualTo(1);
            silent.send(INFO).endRequest().receiveAll();
        }
    }

    @Test
    void refusesAQuestionThatItDoesNotUnderstand() throws IOException {
        byte[] fields = "yaml\0b\0h\0c\0s\0".getBytes(StandardCharsets.UTF_8);
        try (Launcher asking = new Launcher(socket).send(Protocol.greeting(Protocol.STATUS_MAGIC, fields))) {
            assertThat(asking.receiveAll()).extracting(Frame::kind).containsExactly('R');
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
