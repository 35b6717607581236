package io.boshcpi.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.distribution.CpiProcess.Output;
import io.boshcpi.json.Json;
import io.boshcpi.lxd.client.LxdClient;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.fake.RealServer;
import io.boshcpi.lxd.fake.TestProjects;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The conformance kit of the built distribution against the CPI of it, on real servers. */
@Tag("server")
class ConformanceIT {
    private static final String MANIFEST = """
            name: tiny
            version: "1"
            api_version: 3
            stemcell_formats: [warden-tar]
            cloud_properties:\s""";

    private static final int FINGERPRINT = 64;

    @TempDir
    private Path folder;

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("io.boshcpi.lxd.fake.RealServer#all")
    void thisCpiKeepsAllRules(RealServer server) throws Exception {
        String project = "it-kit-" + UUID.randomUUID().toString().substring(0, 8);
        Endpoint endpoint = Endpoint.unix(server.socket());
        TestProjects.create(endpoint, project, Map.of("features.profiles", "false"));
        try (LxdClient client = LxdClient.of(endpoint)) {
            LxdSession session = client.session(project, Duration.ofMinutes(5));
            Set<String> pools = Set.of(server.get("POOL"), server.get("POOL_DIR"));
            try {
                assertKeepsAllRules(run(
                        server,
                        "lxd",
                        ofLxd(server, project),
                        propertiesOfLxd(server),
                        full -> Map.of(
                                "image_fingerprint", full.substring("sc-".length(), "sc-".length() + FINGERPRINT))));
                assertThat(CloudContents.of(session, pools)).isEmpty();
            } finally {
                CloudContents.delete(session, pools);
            }
        } finally {
            TestProjects.delete(endpoint, project);
        }
    }

    @Test
    @Tag("podman")
    @EnabledIf("isPodmanWanted")
    void thisCpiKeepsAllRulesOnPodman() throws Exception {
        keepsAllRulesOn(RealServer.named("podman"));
    }

    @Test
    @Tag("docker")
    @EnabledIf("isDockerWanted")
    void thisCpiKeepsAllRulesOnDocker() throws Exception {
        keepsAllRulesOn(RealServer.named("docker"));
    }

    static boolean isPodmanWanted() {
        return RealServer.isWanted("podman");
    }

    static boolean isDockerWanted() {
        return RealServer.isWanted("docker");
    }

    private void keepsAllRulesOn(RealServer engine) throws Exception {
        Map<String, Object> docker = Map.of("url", "unix://" + engine.socket(), "network", engine.get("NETWORK"));
        assertKeepsAllRules(run(
                engine,
                "docker",
                docker,
                Map.of("wrong_context", Map.of("docker", Map.of("url", "unix:///nonexistent"))),
                full -> Map.of("image_reference", "localhost/bosh-stemcell:" + full)));
    }

    private static void assertKeepsAllRules(Output output) {
        assertThat(output.stdout())
                .as(output.stderr())
                .contains(" passed")
                .doesNotContain("FINDING", "NOT JUDGED", "LEFT BEHIND", "not run");
        assertThat(output.status()).isZero();
    }

    /**
     * Runs the kit.
     *
     * @param light what names the image of a stemcell's CID in a light one's manifest
     */
    private Output run(
            RealServer server,
            String provider,
            Map<String, Object> section,
            Map<String, Object> properties,
            Function<String, Map<String, Object>> light)
            throws Exception {
        Path cpi = CpiProcess.distribution().resolve("bin/cpi");
        Map<String, Object> agent = Map.of("mbus", "nats://nats:made-up-pass-4711@10.0.0.6:4222");
        Map<String, Object> all = new HashMap<>(properties);
        all.putAll(networks(server));
        all.put("vm", Map.of("cpu", 1, "memory", 128, "ephemeral_disk", 64));
        all.put("disk_size", 64);
        CpiProcess process = CpiProcess.of(cpi, folder);
        String config = write("cpi.json", Map.of("provider", provider, provider, section, "agent", agent));
        Path image = RealServer.stemcell("tiny-runit");
        String full = String.valueOf(process.call(
                        request(
                                "create_stemcell",
                                packedAnew(image).toString(),
                                Map.of("name", "tiny", "version", "1")),
                        "--config",
                        config)
                .result());
        try {
            return process.run(
                    new byte[0],
                    "conformance",
                    "--cpi",
                    cpi.toString(),
                    "--config",
                    config,
                    "--properties",
                    write("properties.json", all),
                    "--stemcell",
                    stemcell("full", Map.of(), image),
                    "--light-stemcell",
                    stemcell("light", light.apply(full), Files.createFile(folder.resolve("empty"))));
        } finally {
            process.call(request("delete_stemcell", full), "--config", config);
        }
    }

    /** The same in other bytes, so that its stemcell shares no image with those of the kit. */
    private Path packedAnew(Path image) throws IOException {
        Path copy = folder.resolve("anew.tar.gz");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(image));
                OutputStream out = new GZIPOutputStream(Files.newOutputStream(copy))) {
            in.transferTo(out);
        }
        return copy;
    }

    private static String request(String method, Object... arguments) {
        return Json.write(Map.of(
                "method",
                method,
                "arguments",
                List.of(arguments),
                "context",
                Map.of("director_uuid", "kit"),
                "api_version",
                2));
    }

    private static Map<String, Object> ofLxd(RealServer server, String project) {
        return Map.of("socket", server.socket(), "network", server.get("NETWORK"), "project", project);
    }

    private static Map<String, Object> propertiesOfLxd(RealServer server) {
        return Map.of(
                "other_disk", Map.of("storage_pool", server.get("POOL_DIR")),
                "wrong_context", Map.of("lxd", Map.of("socket", "/nonexistent/socket")));
    }

    /** Addresses that no other test and no DHCP server uses. */
    private static Map<String, Object> networks(RealServer server) {
        return Map.of(
                "network", network(server, ""),
                "second_network", network(server, "2"),
                "dynamic_network", Map.of("name", server.get("NETWORK")),
                "managed_network", managed(server.get("SUBNET")));
    }

    /** A range that is free wherever that one is the server's. */
    private static Map<String, Object> managed(String subnet) {
        String range = subnet.replaceFirst("^10\\.251\\.", "10.252.");
        return Map.of("type", "manual", "range", range, "gateway", range.replace(".0/24", ".1"));
    }

    private static Map<String, Object> network(RealServer server, String which) {
        String gateway = server.get("GATEWAY" + which);
        String prefix = gateway.substring(0, gateway.lastIndexOf('.') + 1);
        return Map.of(
                "range", server.get("SUBNET" + which),
                "gateway", gateway,
                "dns", List.of(gateway),
                "addresses", List.of(prefix + "160-" + prefix + "175"),
                "cloud_properties", Map.of("name", server.get("NETWORK" + which)));
    }

    private String write(String name, Object content) throws IOException {
        return Files.writeString(folder.resolve(name), Json.write(content)).toString();
    }

    private String stemcell(String name, Map<String, Object> more, Path image)
            throws IOException, InterruptedException {
        Path contents = Files.createDirectory(folder.resolve(name));
        Files.copy(image, contents.resolve("image"));
        Map<String, Object> properties =
                new HashMap<>(Map.of("name", "tiny", "version", "1", "infrastructure", "warden"));
        properties.putAll(more);
        Files.writeString(contents.resolve("stemcell.MF"), MANIFEST + Json.write(properties), StandardCharsets.UTF_8);
        Path tarball = folder.resolve(name + ".tgz");
        Process tar = new ProcessBuilder(
                        "tar", "-czf", tarball.toString(), "-C", contents.toString(), "stemcell.MF", "image")
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        return tarball.toString();
    }
}
