package io.boshcpi.lxd.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.client.transport.HttpBody;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.model.Json;
import io.boshcpi.lxd.fake.model.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same requests to a real server and to its imitation get the same answers. */
@Tag("server")
@ResourceLock("lxd")
@ResourceLock("incus")
class SideBySideIT {
    private static final String INIT = "lxc.init.cmd = /usr/sbin/runsvdir-start\nlxc.signal.halt = SIGTERM";

    /** Those that FakeLxd imitates, which an Incus of another version is not. */
    static List<RealServer> servers() {
        return RealServer.all().stream()
                .filter(server -> Set.of("lxd", "incus").contains(server.name()))
                .toList();
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("servers")
    void fakeAnswersAsTheRealServer(RealServer real, @TempDir Path directory) throws IOException {
        String unique = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        TestImage image =
                new TestImage(TestImage.metadata(unique), Files.readAllBytes(RealServer.stemcell("tiny-runit")));
        String address = real.address(60 + ThreadLocalRandom.current().nextInt(40));
        Path socket = directory.resolve("fake.socket");
        try (FakeLxdServer listening = FakeLxdServer.onUnixSocket(fake(real), socket);
                Wire realWire = new Wire(Endpoint.unix(real.socket()).open());
                Wire fakeWire = new Wire(Endpoint.unix(socket.toString()).open())) {
            assertThat(listening).isNotNull();
            List<String> expected = new Scenario(realWire, real, "it-" + unique, image, address).run();
            List<String> actual = new Scenario(fakeWire, real, "it-" + unique, image, address).run();
            assertThat(actual).containsExactlyElementsOf(expected);
        }
    }

    private static FakeLxd fake(RealServer real) {
        return FakeLxd.builder(Dialect.of(real.name()))
                .pool(real.get("POOL"), "btrfs")
                .pool(real.get("POOL_DIR"), "dir")
                .network(real.get("NETWORK"), real.get("GATEWAY") + "/24")
                .build();
    }

    /** What is asked of both; every answer becomes a line. */
    private static final class Scenario {
        private final Wire wire;
        private final RealServer real;
        private final String name;
        private final TestImage image;
        private final Transcript transcript;
        private final String prefix;
        private final String instance;
        private final String volumes;
        private final String dirVolumes;
        private final String address;

        Scenario(Wire wire, RealServer real, String name, TestImage image, String address) {
            this.address = address;
            this.wire = wire;
            this.real = real;
            this.name = name;
            this.image = image;
            this.transcript = new Transcript(wire, name);
            this.prefix = Dialect.of(real.name()).headerPrefix();
            this.instance = "/1.0/instances/" + name;
            this.volumes = "/1.0/storage-pools/" + real.get("POOL") + "/volumes/custom";
            this.dirVolumes = "/1.0/storage-pools/" + real.get("POOL_DIR") + "/volumes/custom";
        }

        List<String> run() {
            try {
                missing();
                images();
                refusedInstances();
                instance();
                files();
                updates();
                volumes();
                projects();
                ending();
            } catch (RuntimeException e) {
                throw new AssertionError("cannot go on after this:\n" + String.join("\n", transcript.lines()), e);
            } finally {
                cleanUp();
            }
            return transcript.lines();
        }

        private void missing() {
            transcript.get("/1.0/nothing");
            transcript.get("/1.0/instances/" + name + "-no");
            transcript.get("/1.0/instances/" + name + "?project=nope-" + name);
            transcript.delete("/1.0/instances/" + name + "-no");
            transcript.send("PUT", "/1.0/instances/" + name + "-no/state", JsonObject.of("action", "start"));
            transcript.get("/1.0/images/ffffffffffff");
            transcript.delete("/1.0/images/ffffffffffff");
            transcript.get("/1.0/images?project=nope-" + name);
            transcript.get("/1.0/storage-pools/nope");
            transcript.get(volumes + "/" + name);
            transcript.get(volumes + "/" + name + "?project=nope-" + name);
            transcript.get(volumes + "/" + name + "/snapshots");
            transcript.get("/1.0/networks/nope");
            transcript.get("/1.0/profiles/" + name);
            transcript.get("/1.0/projects/" + name);
            transcript.get("/1.0/operations/8b52fa8c-7d0c-4d8b-a8b6-0a6c0a3c1d1e");
        }

        private void images() {
            Map<String, String> properties = Map.of(prefix + "properties", "a.b=c%20d&e=" + name);
            transcript.send("POST", "/1.0/images", properties, image.body());
            transcript.send("POST", "/1.0/images", properties, image.body());
            transcript.send("POST", "/1.0/images", properties, image.body("rootfs", "metadata"));
            String url = "/1.0/images/" + image.fingerprint();
            transcript.get(url);
            transcript.send(
                    "PATCH",
                    url,
                    JsonObject.of("properties", JsonObject.of("x", "y").and("e", "")));
            transcript.get(url);
        }

        private JsonObject request(JsonObject config, JsonObject devices) {
            return JsonObject.of("name", name + "-r")
                    .and("type", "container")
                    .and("source", JsonObject.of("type", "image").and("fingerprint", image.fingerprint()))
                    .and("profiles", List.of())
                    .and("config", config)
                    .and("devices", devices);
        }

        private JsonObject root() {
            JsonObject root = JsonObject.of("type", "disk").and("path", "/").and("pool", real.get("POOL"));
            return JsonObject.of("root", root);
        }

        private JsonObject nic(String network, String address) {
            return JsonObject.of("type", "nic").and("network", network).and("ipv4.address", address);
        }

        private void refusedInstances() {
            JsonObject plain = new JsonObject();
            refuse(request(plain, new JsonObject()));
            refuse(request(JsonObject.of("foo.bar", "x"), root()));
            refuse(request(JsonObject.of("limits.memory", "x"), root()));
            refuse(request(plain, root().and("eth0", nic("nonet", address))));
            refuse(request(plain, root().and("eth0", nic(real.get("NETWORK"), "10.9.9.9"))));
            refuse(request(plain, root().and("eth0", nic(real.get("NETWORK"), real.get("GATEWAY")))));
            refuse(request(
                    plain, root().and("eth0", nic(real.get("NETWORK"), address).and("foo", "x"))));
            refuse(request(plain, root().and("d", JsonObject.of("type", "nonsense"))));
            refuse(request(plain, root().and("d", volume("novol", "/x"))));
            refuse(request(plain, root()).and("profiles", List.of("nope")));
            refuse(request(plain, root())
                    .and("source", JsonObject.of("type", "image").and("fingerprint", "f".repeat(64))));
            refuse(request(plain, root()).and("type", "virtual-machine"));
            for (String bad : List.of("1ab", "a_b", "abc-", "-abc", "a".repeat(64))) {
                refuse(request(plain, new JsonObject()).and("name", bad));
            }
        }

        private void refuse(JsonObject request) {
            transcript.send("POST", "/1.0/instances", request);
        }

        private JsonObject volume(String source, String path) {
            return JsonObject.of("type", "disk")
                    .and("pool", real.get("POOL"))
                    .and("source", source)
                    .and("path", path);
        }

        private void instance() {
            JsonObject nic = nic(real.get("NETWORK"), address).and("hwaddr", mac());
            JsonObject request = request(JsonObject.of("raw.lxc", INIT).and("user.a", "b"), root().and("eth0", nic))
                    .and("name", name);
            transcript.send("POST", "/1.0/instances", request);
            transcript.send("POST", "/1.0/instances", request);
            transcript.get(instance);
            transcript.status(instance + "/state");
            for (String action : List.of("foo", "stop", "restart", "start", "start")) {
                transcript.send("PUT", instance + "/state", JsonObject.of("action", action));
            }
            transcript.delete(instance);
            transcript.get(instance);
        }

        /** One that no instance that another run left behind has. */
        private String mac() {
            String digits = name.substring(name.length() - 6);
            return "00:16:3e:" + digits.substring(0, 2) + ":" + digits.substring(2, 4) + ":" + digits.substring(4);
        }

        private void push(String path, String content, String... headers) {
            Map<String, String> named = new TreeMap<>();
            for (int i = 0; i < headers.length; i += 2) {
                named.put(prefix + headers[i], headers[i + 1]);
            }
            HttpBody body = HttpBody.of("application/octet-stream", content.getBytes(StandardCharsets.UTF_8));
            transcript.send("POST", instance + "/files?path=" + path, named, body);
        }

        private void files() {
            push("/x/y", "early");
            push("/x", "", "type", "directory", "mode", "0700");
            push("/x", "", "type", "directory", "mode", "0755");
            push("/x/y", "hello", "mode", "0600", "uid", "5", "gid", "6");
            push("/x/w", "more", "write", "nonsense");
            push("/x/bad", "more", "type", "nonsense");
            push("/x/link", "/x/y", "type", "symlink");
            push("/x/link", "through the link");
            push("/x/dangling", "/x/none", "type", "symlink");
            push("/x/dangling", "made");
            push("/x", "file over directory");
            for (String path : List.of("/x", "/x/y", "/x/link", "/x/none", "/nope", "/proc/1/mountinfo")) {
                transcript.get(instance + "/files?path=" + path);
            }
            transcript.get(instance + "/files");
        }

        private void updates() {
            transcript.send("PATCH", instance, JsonObject.of("config", JsonObject.of("user.c", "d")));
            transcript.send("PATCH", instance, JsonObject.of("config", JsonObject.of("user.c", "")));
            transcript.send("PATCH", instance, JsonObject.of("config", JsonObject.of("foo", "x")));
            transcript.send("PATCH", instance, JsonObject.of("config", JsonObject.of("user.n", 5)));
            JsonObject second = JsonObject.of("type", "nic").and("network", real.get("NETWORK"));
            transcript.send("PATCH", instance, JsonObject.of("devices", JsonObject.of("eth1", second)));
            HttpBody change =
                    HttpBody.of("application/json", Json.bytes(JsonObject.of("config", JsonObject.of("user.c", "e"))));
            Map<String, String> stale = Map.of("If-Match", "\"stale\"");
            transcript.send("PATCH", instance, stale, change);
            transcript.send("PUT", instance, stale, change);
            transcript.send("PUT", instance, JsonObject.of("config", JsonObject.of("user.c", "e")));
        }

        private void volumes() {
            String one = volumes + "/" + name + "-v";
            JsonObject config = JsonObject.of("size", "64MiB").and("user.it", name);
            create(volumes, name + "-v", config);
            create(volumes, name + "-v", config);
            create(volumes, name + "-w", JsonObject.of("zfs.blocksize", "4KiB"));
            create(volumes, name + "-w", JsonObject.of("size", "x"));
            create(volumes, "a%2Fb/" + name, config);
            create(dirVolumes, name + "-d", JsonObject.of("size", "64MiB"));
            transcript.get(one);
            attach("d1", volume("novol", "/x"));
            attach("d1", volume(name + "-v", "/warden-cpi-dev/v").and("pool", "nopool"));
            attach("d1", volume(name + "-v", "/warden-cpi-dev/v"));
            attach("d2", volume(name + "-v", "/warden-cpi-dev/v"));
            transcript.get(one);
            transcript.delete(one);
            transcript.send("PATCH", one, JsonObject.of("config", JsonObject.of("size", "128MiB")));
            snapshots(one);
            detach("d1");
            copies(one);
        }

        private void create(String where, String volume, JsonObject config) {
            transcript.send("POST", where, JsonObject.of("name", volume).and("config", config));
        }

        private void attach(String device, JsonObject disk) {
            transcript.send("PATCH", instance, JsonObject.of("devices", JsonObject.of(device, disk)));
        }

        private void detach(String device) {
            Map<String, Object> object = wire.get(instance).object();
            Json.child(object, "devices").remove(device);
            transcript.send("PUT", instance, object);
        }

        private void snapshots(String volume) {
            transcript.send("POST", volume + "/snapshots", JsonObject.of("name", "s1"));
            transcript.send("POST", volume + "/snapshots", JsonObject.of("name", "s1"));
            transcript.get(volume + "/snapshots?recursion=1");
            transcript.get(volume + "/snapshots/nope");
        }

        private JsonObject copy(String from, String to) {
            JsonObject source = JsonObject.of("type", "copy").and("name", from).and("pool", real.get("POOL"));
            return JsonObject.of("name", to).and("source", source);
        }

        private void copies(String volume) {
            transcript.send("POST", volumes, copy(name + "-v/s1", name + "-c"));
            transcript.send("POST", volumes, copy(name + "-v/s1", name + "-c"));
            transcript.send("POST", volumes, copy("nope", name + "-e"));
            transcript.get(volumes + "/" + name + "-c");
            transcript.delete(volume + "/snapshots/s1");
            transcript.delete(volume + "/snapshots/s1");
        }

        private void projects() {
            JsonObject config = JsonObject.of("restricted", "true")
                    .and("limits.instances", "1")
                    .and("limits.memory", "1GiB")
                    .and("limits.disk", "10GiB")
                    .and("features.images", "false");
            JsonObject project = JsonObject.of("name", name).and("config", config);
            transcript.send("POST", "/1.0/projects", project);
            transcript.send("POST", "/1.0/projects", project);
            transcript.get("/1.0/projects/" + name);
            transcript.get("/1.0/profiles/default?project=" + name);
            String instances = "/1.0/instances?project=" + name;
            JsonObject memory = JsonObject.of("limits.memory", "1GiB");
            transcript.send("POST", instances, request(memory, root()));
            JsonObject sized = root();
            Json.child(sized, "root").put("size", "1GiB");
            transcript.send("POST", instances, request(new JsonObject(), sized));
            for (String key : List.of("security.privileged", "security.nesting", "raw.lxc")) {
                transcript.send(
                        "POST",
                        instances,
                        request(JsonObject.of("limits.memory", "1GiB").and(key, "true"), sized));
            }
            String restricted = volumes + "?project=" + name;
            transcript.send("POST", restricted, JsonObject.of("name", "v1").and("config", new JsonObject()));
            transcript.send(
                    "POST", restricted, JsonObject.of("name", "v1").and("config", JsonObject.of("size", "11GiB")));
            transcript.send(
                    "POST", restricted, JsonObject.of("name", "v1").and("config", JsonObject.of("size", "1GiB")));
            transcript.delete("/1.0/projects/" + name);
            transcript.delete(volumes + "/v1?project=" + name);
            transcript.delete("/1.0/projects/" + name);
        }

        private void ending() {
            transcript.send(
                    "PUT", instance + "/state", JsonObject.of("action", "stop").and("force", true));
            transcript.status(instance + "/state");
            transcript.delete(instance);
            transcript.delete(instance);
            transcript.delete(volumes + "/" + name + "-v");
            transcript.delete("/1.0/images/" + image.fingerprint());
            transcript.delete("/1.0/images/" + image.fingerprint());
        }

        private void cleanUp() {
            wire.carryOut(
                    "PUT", instance + "/state", JsonObject.of("action", "stop").and("force", true));
            wire.carryOut("DELETE", instance, null);
            wire.carryOut("DELETE", "/1.0/images/" + image.fingerprint(), null);
            for (String suffix : List.of("-v", "-w", "-c", "-e", "-u", "-d", "-m")) {
                wire.delete(volumes + "/" + name + suffix);
                wire.delete(dirVolumes + "/" + name + suffix);
            }
            wire.delete(volumes + "/v1?project=" + name);
            wire.delete("/1.0/projects/" + name);
        }
    }
}
