package io.boshcpi.lxd.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.lxd.client.LxdClient;
import io.boshcpi.lxd.client.failure.LxdException;
import io.boshcpi.lxd.client.model.Bytes;
import io.boshcpi.lxd.client.model.FileAttributes;
import io.boshcpi.lxd.client.session.ImageUpload;
import io.boshcpi.lxd.client.session.Instances;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.client.session.NewVolume;
import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.client.transport.HttpCall;
import io.boshcpi.lxd.fake.model.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FakeLxd answers what the client asks, and nothing else. */
@Tag("fake")
class ClientRoutesTest {
    private static final String POOL = "default";
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @TempDir
    private Path directory = Path.of("");

    @Test
    void everyRouteIsAskedByTheClient() throws IOException {
        FakeLxd lxd = FakeLxd.of(Dialect.INCUS);
        Endpoint endpoint = Endpoint.unix(directory.resolve("socket").toString());
        try (FakeLxdServer server = FakeLxdServer.onUnixSocket(lxd, directory.resolve("socket"));
                LossyTransport transport = new LossyTransport(endpoint.open());
                LxdClient client = LxdClient.over(transport)) {
            assertThat(server).isNotNull();
            LxdSession session = client.session("default", TIMEOUT);
            describe(session);
            projectsAndNetworks(endpoint, session);
            volumes(session, transport);
            instances(session, upload(session));
            transport
                    .exchange(HttpCall.get("/1.0/instances/i1/state"), System.nanoTime() + TIMEOUT.toNanos())
                    .close(); // the client's contract looks at the first process
        }

        List<String> asked = lxd.requests().lines();

        assertThat(lxd.routes())
                .allSatisfy(route -> assertThat(asked)
                        .as("requests for " + route + "; delete the route if the client no longer needs it")
                        .anyMatch(line -> line.matches(route.replaceAll("\\{\\w+}", "[^/]+"))));
    }

    private static void describe(LxdSession session) {
        assertThatThrownBy(() -> session.clusterMembers().get("n1")).isInstanceOf(LxdException.class);
        assertThatThrownBy(() -> session.clusterMembers().list()).isInstanceOf(LxdException.class);
        session.server().refresh();
        session.certificates().find("ab".repeat(32));
        session.profiles().find("default");
        session.pools().names();
        session.pools().find(POOL);
        session.pools().resources(POOL, null);
    }

    private static void projectsAndNetworks(Endpoint endpoint, LxdSession session) {
        TestProjects.create(endpoint, "p1", Map.of());
        session.projects().find("p1");
        TestProjects.delete(endpoint, "p1");
        session.networks().create("br1", "bridge", Map.of());
        session.networks().list();
        session.networks().find("br1");
        session.networks().patchConfig("br1", Map.of("user.it", "patched"));
        session.networks().leases("br1");
        session.networks().delete("br1");
    }

    private static void volumes(LxdSession session, LossyTransport transport) {
        session.volumes(POOL).create(NewVolume.filesystem("v1", Map.of("size", "64MiB")));
        session.volumes(POOL).list();
        session.volumes(POOL).find("v1");
        session.volumes(POOL).patchConfig("v1", Map.of("size", "128MiB"));
        transport.loseAnswerTo(call -> call.method().equals("POST"));
        session.volumes(POOL).snapshots("v1").create("s1");
        session.volumes(POOL).snapshots("v1").describe("s1", "described");
        session.volumes(POOL).snapshots("v1").list();
        session.volumes(POOL).snapshots("v1").delete("s1");
        session.volumes(POOL).rename("v1", "v2");
        session.volumes(POOL).deleteWhenIdle("v2");
    }

    private String upload(LxdSession session) throws IOException {
        Path rootfs = directory.resolve("rootfs.tar.gz");
        Files.write(
                rootfs,
                new TestTar().file("sbin/init", 0755, "").directory("etc").gzipped());
        Bytes metadata = Bytes.of(TestImage.metadata("tiny"));
        ImageUpload upload = new ImageUpload(ImageUpload.Kind.CONTAINER, metadata, rootfs, Map.of());
        String fingerprint = session.images().upload(upload).fingerprint();
        session.images().list();
        session.images().find(fingerprint);
        session.images().patchProperties(fingerprint, Map.of("os", "it"));
        return fingerprint;
    }

    private static void instances(LxdSession session, String image) {
        Instances instances = session.instances();
        Map<String, Map<String, String>> devices =
                Map.of("root", Map.of("type", "disk", "path", "/", "pool", POOL), "gpu0", Map.of("type", "gpu"));
        Map<String, Object> body = Map.of(
                "name",
                "i1",
                "source",
                Map.of("type", "image", "fingerprint", image),
                "profiles",
                List.of(),
                "devices",
                devices);
        instances.create(body, null);
        assertThatThrownBy(() -> instances.create(body, null)).isInstanceOf(LxdException.class);
        instances.list();
        instances.patch("i1", Map.of("user.a", "b"), Map.of());
        instances.removeDevice(instances.find("i1").orElseThrow(), "gpu0");
        instances.files("i1").push("/etc/it", FileAttributes.ofRoot(0600), new byte[1]);
        instances.files("i1").read("/etc/it");
        instances.start("i1");
        instances.log("i1", "lxc.log");
        instances.run("i1", List.of("/bin/sh", "-c", "", "mounted", "/warden-cpi-dev/", "v1", "0"));
        instances.stop("i1", true, TIMEOUT);
        session.images().delete(image);
        instances.delete("i1");
    }
}
