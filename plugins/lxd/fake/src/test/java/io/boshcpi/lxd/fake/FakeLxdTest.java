package io.boshcpi.lxd.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.client.transport.HttpBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What FakeLxd has beyond the servers that it imitates: faults, the request log, guests that a test directs. */
class FakeLxdTest {
    private static final String INSTANCE = "/1.0/instances/i1";
    private static final String VOLUMES = "/1.0/storage-pools/default/volumes/custom";
    private static final String BUSY = "A matching non-reusable operation has now succeeded";

    @TempDir
    private Path directory;

    private final TestImage image = TestImage.tiny();
    private FakeLxd lxd = FakeLxd.of(Dialect.LXD);

    @SuppressWarnings("NullAway.Init") // each test starts the server that it wants
    private FakeLxdServer server;

    @SuppressWarnings("NullAway.Init")
    private Wire wire;

    private void start(FakeLxd fake) throws IOException {
        lxd = fake;
        Path socket = directory.resolve("socket");
        server = FakeLxdServer.onUnixSocket(lxd, socket);
        wire = new Wire(Endpoint.unix(socket.toString()).open());
    }

    @AfterEach
    void stop() {
        wire.close();
        server.close();
    }

    private void withRunningInstance(Dialect dialect) throws IOException {
        start(FakeLxd.of(dialect));
        wire.await(wire.send("POST", "/1.0/images", Map.of(), image.body()));
        wire.carryOut("POST", "/1.0/instances", instance("i1"));
        wire.carryOut("PUT", INSTANCE + "/state", JsonObject.of("action", "start"));
        lxd.requests().clear();
    }

    private JsonObject instance(String name) {
        JsonObject root = JsonObject.of("type", "disk").and("path", "/").and("pool", "default");
        return JsonObject.of("name", name)
                .and("source", JsonObject.of("type", "image").and("fingerprint", image.fingerprint()))
                .and("profiles", List.of())
                .and("devices", JsonObject.of("root", root));
    }

    private Wire.Answer patch(String key) {
        return wire.send("PATCH", INSTANCE, JsonObject.of("config", JsonObject.of(key, "x")));
    }

    private static List<Wire.Answer> together(List<Callable<Wire.Answer>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            List<Wire.Answer> answers = new ArrayList<>();
            for (Future<Wire.Answer> future : threads.invokeAll(calls)) {
                answers.add(future.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void guestsHaveTheFilesOfASmallImage(Dialect dialect) throws IOException {
        withRunningInstance(dialect);

        Wire.Answer answer = wire.get(INSTANCE + "/files?path=/var/vcap/bosh/agent.json");

        assertThat(answer.raw()).isEqualTo("{\"a\":1}");
        assertThat(answer.headers()).containsEntry("mode", "0640").containsEntry("type", "file");
        assertThat(lxd.guest("i1").file("/sbin/init")).isNotNull();
    }

    @Test
    void requestsAreLoggedWithoutTheIdsOfOperations() throws IOException {
        withRunningInstance(Dialect.LXD);

        wire.carryOut("PUT", INSTANCE + "/state?project=default", JsonObject.of("action", "stop"));

        assertThat(lxd.requests().lines()).containsExactly("PUT /1.0/instances/i1/state", "GET /1.0/operations/*/wait");
        assertThat(lxd.requests().entries().get(0).query()).isEqualTo("project=default");
    }

    @Test
    void aFaultStrikesTheNthMatchAndNoOther() throws IOException {
        withRunningInstance(Dialect.LXD);
        lxd.faults().on("PATCH", "/1.0/instances/.*").nth(2).fail(500, "the disk burns");

        assertThat(patch("user.a").status()).isEqualTo(200);
        assertThat(patch("user.b").error()).isEqualTo("the disk burns");
        assertThat(patch("user.c").status()).isEqualTo(200);
        assertThat(Json.child(wire.get(INSTANCE).object(), "config"))
                .containsKeys("user.a", "user.c")
                .doesNotContainKey("user.b");
    }

    @Test
    void aDroppedAnswerLeavesTheRequestDone() throws IOException {
        withRunningInstance(Dialect.LXD);
        lxd.faults().on("PATCH", "/1.0/instances/i1").dropAnswer();

        assertThatThrownBy(() -> patch("user.a")).isInstanceOf(UncheckedIOException.class);

        assertThat(Json.child(wire.get(INSTANCE).object(), "config")).containsKey("user.a");
    }

    @Test
    void aDroppedRequestHasNoEffect() throws IOException {
        withRunningInstance(Dialect.LXD);
        lxd.faults().on("PATCH", "/1.0/instances/i1").dropRequest();

        assertThatThrownBy(() -> patch("user.a")).isInstanceOf(UncheckedIOException.class);

        assertThat(Json.child(wire.get(INSTANCE).object(), "config")).doesNotContainKey("user.a");
    }

    @Test
    void anOperationThatFailsLeavesNothing() throws IOException {
        withRunningInstance(Dialect.INCUS);
        lxd.faults().operation("Creating instance").fail("the disk burns");

        assertThat(wire.carryOut("POST", "/1.0/instances", instance("i2")).error())
                .isEqualTo("the disk burns");

        assertThat(wire.get("/1.0/instances/i2").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource
    void anInstanceIsSeenAndBusyWhileItIsCreated(Dialect dialect) throws IOException {
        withRunningInstance(dialect);
        Faults.Hold hold = lxd.faults().operation("Creating instance").hold();
        Wire.Answer creation = wire.send("POST", "/1.0/instances", instance("i2"));

        assertThat(wire.get("/1.0/instances/i2").object()).containsEntry("status", "Stopped");
        Wire.Answer deletion = wire.carryOut("DELETE", "/1.0/instances/i2", null);
        String reason = deletion.error() + Json.text(deletion.object(), "err", "");
        assertThat(reason).contains("Instance is busy running a \"create\" operation");
        hold.release();

        assertThat(wire.await(creation).object()).containsEntry("status", "Success");
    }

    @Test
    void aRestartedServerForgetsItsOperationsButNotWhatTheyBegan() throws IOException {
        withRunningInstance(Dialect.LXD);
        lxd.faults().operation("Creating instance").hold();
        Wire.Answer creation = wire.send("POST", "/1.0/instances", instance("i2"));

        lxd.restart();

        assertThat(wire.get(creation.operation()).error()).isEqualTo("Operation not found");
        assertThat(wire.get("/1.0/instances/i2").object()).containsEntry("status", "Stopped");
        assertThat(wire.carryOut("DELETE", "/1.0/instances/i2", null).object()).containsEntry("status", "Success");
    }

    @Test
    void endedOperationsVanish() throws IOException {
        start(FakeLxd.builder(Dialect.LXD)
                .pool("default", "btrfs")
                .operationLifetime(Duration.ZERO)
                .build());
        wire.send("POST", VOLUMES, JsonObject.of("name", "v1"));

        Wire.Answer snapshot = wire.carryOut("POST", VOLUMES + "/v1/snapshots", JsonObject.of("name", "s1"));

        assertThat(snapshot.status()).isEqualTo(404);
        assertThat(wire.get(VOLUMES + "/v1/snapshots/s1").status()).isEqualTo(200);
    }

    @Test
    void lxdRefusesUpdatesThatOverlapAndIncusTakesThemAll() throws Exception {
        for (Dialect dialect : Dialect.values()) {
            withRunningInstance(dialect);
            lxd.faults().slowUpdates(Duration.ofMillis(300));

            List<Wire.Answer> answers = together(List.of(() -> patch("user.a"), () -> patch("user.b")));

            assertThat(answers)
                    .filteredOn(answer -> answer.error().contains(BUSY))
                    .hasSize(dialect == Dialect.LXD ? 1 : 0);
            stop();
        }
        start(lxd);
    }

    @Test
    void busyUpdatesAreAnsweredAsOftenAsTheTestWants() throws IOException {
        withRunningInstance(Dialect.LXD);
        lxd.faults().busyUpdates(2);

        assertThat(patch("user.a").error()).contains(BUSY);
        assertThat(patch("user.a").error()).contains(BUSY);
        assertThat(patch("user.a").status()).isEqualTo(200);
    }

    @Test
    void aFullPoolTakesNoInstances() throws IOException {
        withRunningInstance(Dialect.LXD);
        lxd.fillPool("default");

        Wire.Answer creation = wire.carryOut("POST", "/1.0/instances", instance("i2"));

        assertThat(Json.text(creation.object(), "err", "")).contains("No space left on device");
        assertThat(wire.get("/1.0/instances/i2").status()).isEqualTo(404);
    }

    private Wire.Answer exec(String... command) {
        JsonObject body = JsonObject.of("command", List.of(command)).and("record-output", true);
        return wire.carryOut("POST", INSTANCE + "/exec", body);
    }

    private String stdout(Wire.Answer exec) {
        Map<String, Object> output = Json.child(Json.child(exec.object(), "metadata"), "output");
        return wire.get(Json.text(output, "1", "")).raw();
    }

    private void attach(String volume) {
        wire.send("POST", VOLUMES, JsonObject.of("name", volume));
        JsonObject disk = JsonObject.of("type", "disk")
                .and("pool", "default")
                .and("source", volume)
                .and("path", "/warden-cpi-dev/" + volume);
        wire.send("PATCH", INSTANCE, JsonObject.of("devices", JsonObject.of("disk-" + volume, disk)));
    }

    @Test
    void theMountTableShowsAttachedVolumesAndWhereTheGuestMountedThemOnceMore() throws IOException {
        withRunningInstance(Dialect.INCUS);
        attach("v1");
        lxd.guest("i1").mount("v1", "/var/vcap/store");

        assertThat(stdout(exec("cat", "/proc/self/mountinfo")))
                .contains(" 0:44 /custom/default_v1 /warden-cpi-dev/v1 ")
                .contains(" 0:44 /custom/default_v1 /var/vcap/store ");
        assertThat(wire.get(INSTANCE + "/files?path=/proc/1/mountinfo").raw())
                .as("the files API answers with nothing, as the servers do")
                .isEmpty();
    }

    @Test
    void aScriptThatLooksIntoTheMountTableIsRunOnIt() throws IOException {
        withRunningInstance(Dialect.LXD);
        String script = "grep -q ' /var/vcap/store ' /proc/self/mountinfo";

        assertThat(exitCode(exec("/bin/sh", "-c", script))).isEqualTo(1);
        lxd.guest("i1").mount("v1", "/var/vcap/store");
        assertThat(exitCode(exec("/bin/sh", "-c", script))).isEqualTo(0);
    }

    private static Object exitCode(Wire.Answer exec) {
        return String.valueOf(Json.child(exec.object(), "metadata").get("return"))
                        .equals("0")
                ? 0
                : 1;
    }

    @Test
    void commandsEndAsTheTestSaysAndAreRemembered() throws IOException {
        withRunningInstance(Dialect.LXD);
        lxd.guest("i1").onExec("monit", new Guest.Result(0, "running\n", ""));

        assertThat(stdout(exec("/bin/sh", "-c", "monit summary"))).isEqualTo("running\n");
        assertThat(lxd.guest("i1").commands()).containsExactly(List.of("/bin/sh", "-c", "monit summary"));
    }

    @Test
    void aStopEndsWhatTheGuestMounted() throws IOException {
        withRunningInstance(Dialect.LXD);
        lxd.guest("i1").mount("v1", "/var/vcap/store");

        wire.carryOut(
                "PUT", INSTANCE + "/state", JsonObject.of("action", "restart").and("force", true));

        assertThat(lxd.guest("i1").mountinfo()).contains(" / ").doesNotContain("/var/vcap/store");
    }

    @Test
    void aFilePushedAsAFormIsEmpty() throws IOException {
        withRunningInstance(Dialect.LXD);
        HttpBody form = HttpBody.of("application/x-www-form-urlencoded", "a=b".getBytes(StandardCharsets.UTF_8));

        wire.send("POST", INSTANCE + "/files?path=/etc/it", Map.of(), form);

        assertThat(lxd.guest("i1").file("/etc/it")).isEqualTo(new GuestFile("file", 0644, 0, 0, ""));
    }

    @Test
    void headersOfTheOtherServerAreIgnored() throws IOException {
        withRunningInstance(Dialect.INCUS);
        HttpBody body = HttpBody.of("application/octet-stream", new byte[1]);

        wire.send("POST", INSTANCE + "/files?path=/etc/it", Map.of("X-LXD-mode", "0600"), body);

        assertThat(wire.get(INSTANCE + "/files?path=/etc/it").headers()).containsEntry("mode", "0644");
    }

    @ParameterizedTest
    @EnumSource
    void templatesOfAnImageAreWrittenAtTheFirstStart(Dialect dialect) throws IOException {
        start(FakeLxd.of(dialect));
        String yaml = """
                properties: {description: x}
                templates:
                  /var/vcap/settings.json:
                    when: [create]
                    template: settings.tpl
                    mode: "0600"
                """;
        TestImage templates = new TestImage(
                new TestTar()
                        .file("metadata.yaml", 0644, yaml)
                        .file("templates/settings.tpl", 0644, "{{ config_get(\"user.settings\", \"\")|safe }}")
                        .gzipped(),
                new TestTar().file("sbin/init", 0755, "").gzipped());
        wire.await(wire.send("POST", "/1.0/images", Map.of(), templates.body()));
        JsonObject source = JsonObject.of("type", "image").and("fingerprint", templates.fingerprint());
        wire.carryOut(
                "POST",
                "/1.0/instances",
                instance("i1").and("source", source).and("config", JsonObject.of("user.settings", "{\"ä\": 1}")));

        assertThat(lxd.guest("i1").file("/var/vcap/settings.json")).isNull();
        wire.carryOut("PUT", INSTANCE + "/state", JsonObject.of("action", "start"));

        assertThat(lxd.guest("i1").file("/var/vcap/settings.json"))
                .isEqualTo(new GuestFile("file", dialect == Dialect.LXD ? 0644 : 0600, 0, 0, "{\"ä\": 1}"));
    }

    @Test
    void propertiesForMetadataThatHasNoneKillTheServer() throws IOException {
        start(FakeLxd.of(Dialect.LXD));
        TestImage bare = new TestImage(
                new TestTar()
                        .file("metadata.yaml", 0644, "architecture: x86_64\n")
                        .gzipped(),
                new TestTar().file("sbin/init", 0755, "").gzipped());

        assertThatThrownBy(() -> wire.send("POST", "/1.0/images", Map.of("X-LXD-properties", "a=b"), bare.body()))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aFilterIsARegularExpressionInAnyLetterCase() throws IOException {
        withRunningInstance(Dialect.LXD);

        assertThat(wire.get("/1.0/instances?filter=name%20eq%20I.").metadata()).isEqualTo(List.of(INSTANCE));
        assertThat(wire.get("/1.0/instances?filter=name%20eq%20i").metadata()).isEqualTo(List.of());
        assertThat(wire.get("/1.0/instances?filter=not%20name%20eq%20i1%20or%20status%20eq%20running")
                        .metadata())
                .isEqualTo(List.of(INSTANCE));
    }
}
