package io.boshcpi.lxd.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.client.transport.HttpBody;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What FakeLxd has beyond the servers that it imitates: faults, the request log, guests that a test directs. */
@Tag("fake")
class FakeLxdTest {
    private static final String INSTANCE = "/1.0/instances/i1";
    private static final String VOLUMES = "/1.0/storage-pools/default/volumes/custom";

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

    @ParameterizedTest
    @EnumSource
    void guestsHaveTheFilesOfASmallImage(Dialect dialect) throws IOException {
        withRunningInstance(dialect);

        Wire.Answer answer = wire.get(INSTANCE + "/files?path=/var/vcap/bosh/agent.json");

        assertThat(answer.raw()).isEqualTo("{\"a\":1}");
        assertThat(answer.headers()).containsEntry("mode", "0640").containsEntry("type", "file");
        assertThat(wire.get(INSTANCE + "/files?path=/sbin/init").status()).isEqualTo(200);
    }

    @Test
    void requestsAreLoggedWithoutTheIdsOfOperations() throws IOException {
        withRunningInstance(Dialect.LXD);

        wire.carryOut("PUT", INSTANCE + "/state?project=default", JsonObject.of("action", "stop"));

        assertThat(lxd.requests().lines()).containsExactly("PUT /1.0/instances/i1/state", "GET /1.0/operations/*/wait");
    }

    @Test
    void aFaultStrikesOnce() throws IOException {
        withRunningInstance(Dialect.LXD);
        lxd.faults().on("PATCH", "/1.0/instances/.*").fail(500, "the disk burns");

        assertThat(patch("user.b").error()).isEqualTo("the disk burns");
        assertThat(patch("user.c").status()).isEqualTo(200);
        assertThat(Json.child(wire.get(INSTANCE).object(), "config"))
                .containsKey("user.c")
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

    private Wire.Answer exec(String... command) {
        return wire.carryOut("POST", INSTANCE + "/exec", JsonObject.of("command", List.of(command)));
    }

    private Wire.Answer askWhetherMounted(String volume) {
        return exec("/bin/sh", "-c", "exit 77", "mounted", "/warden-cpi-dev/", volume, "30");
    }

    private static Object exitCode(Wire.Answer exec) {
        return String.valueOf(Json.child(exec.object(), "metadata").get("return"));
    }

    @Test
    void theScriptThatAsksForMountsIsAnsweredFromTheModelUntilTheGuestStops() throws IOException {
        withRunningInstance(Dialect.LXD);
        assertThat(exitCode(askWhetherMounted("v1"))).isEqualTo("0");

        lxd.guest("i1").mount("v1", "/var/vcap/store");
        assertThat(exitCode(askWhetherMounted("v1"))).isEqualTo("10");
        assertThat(exitCode(askWhetherMounted("v2"))).isEqualTo("0");

        wire.carryOut(
                "PUT", INSTANCE + "/state", JsonObject.of("action", "restart").and("force", true));
        assertThat(exitCode(askWhetherMounted("v1"))).isEqualTo("0");
    }

    @Test
    void commandsEndAsTheTestSays() throws IOException {
        withRunningInstance(Dialect.LXD);
        lxd.guest("i1").onExec("monit", 4);

        assertThat(exitCode(exec("/bin/sh", "-c", "monit summary"))).isEqualTo("4");
    }

    @Test
    void noCommandOfARequestIsRun() throws IOException {
        withRunningInstance(Dialect.LXD);
        Path trace = directory.resolve("trace");

        Wire.Answer answer = exec("/bin/sh", "-c", "touch " + trace + "; cat /proc/self/mountinfo");

        assertThat(Json.text(answer.object(), "err", "")).startsWith("Command not found: FakeLxd runs none");
        assertThat(trace).doesNotExist();
    }

    @Test
    void aFilePushedAsAFormIsEmpty() throws IOException {
        withRunningInstance(Dialect.LXD);
        HttpBody form = HttpBody.of("application/x-www-form-urlencoded", "a=b".getBytes(StandardCharsets.UTF_8));

        wire.send("POST", INSTANCE + "/files?path=/etc/it", Map.of(), form);

        Wire.Answer file = wire.get(INSTANCE + "/files?path=/etc/it");
        assertThat(file.raw()).isEmpty();
        assertThat(file.headers()).isEqualTo(Map.of("type", "file", "mode", "0644", "uid", "0", "gid", "0"));
    }

    @Test
    void headersOfTheOtherServerAreIgnored() throws IOException {
        withRunningInstance(Dialect.INCUS);
        HttpBody body = HttpBody.of("application/octet-stream", new byte[1]);

        wire.send("POST", INSTANCE + "/files?path=/etc/it", Map.of("X-LXD-mode", "0600"), body);

        assertThat(wire.get(INSTANCE + "/files?path=/etc/it").headers()).containsEntry("mode", "0644");
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
}
