package io.boshcpi.distribution.faults;

import io.boshcpi.core.call.Caller;
import io.boshcpi.core.call.CpiHost;
import io.boshcpi.core.call.Upkeep;
import io.boshcpi.core.installation.Distribution;
import io.boshcpi.core.log.CallLog;
import io.boshcpi.core.log.Redactor;
import io.boshcpi.core.testing.TestHost.Answer;
import io.boshcpi.distribution.CloudContents;
import io.boshcpi.distribution.CpiProcess;
import io.boshcpi.distribution.Packaged;
import io.boshcpi.json.Json;
import io.boshcpi.lxd.client.LxdClient;
import io.boshcpi.lxd.client.model.Network;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.fake.FakeLxd;
import io.boshcpi.lxd.fake.FakeLxdServer;
import io.boshcpi.lxd.fake.RealServer;
import io.boshcpi.lxd.fake.TestDisks;
import io.boshcpi.lxd.fake.TestProjects;
import io.boshcpi.lxd.fake.model.Dialect;
import io.boshcpi.lxd.fake.proxy.FaultProxy;
import io.boshcpi.spi.Maintenance;
import io.boshcpi.spi.Maintenance.Leftover;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/** A project of a server, for one Director, who reaches it through a proxy; the operator goes straight to it. */
final class Site implements AutoCloseable {
    /** Where a site is on its server. */
    private record Place(Path socket, String project, String network, String gateway, String address, String range) {}

    final FaultProxy proxy;
    /** How long a call may take that waits until its deadline. */
    final int hangSeconds;
    /** How often a call is made that nothing disturbs, as long as it fails with {@code ok_to_retry}. */
    final int attempts;

    private final Path folder;
    private final Place place;
    private final Path image;
    /** The disk of a virtual machine; empty where none can run. */
    private final Optional<byte[]> disk;

    private final Path configuration;
    private final String director = UUID.randomUUID().toString();
    private final LxdClient client;
    private final CpiHost host;
    private final Upkeep upkeep;
    private final Closeable server;

    private Site(
            Path folder,
            Place place,
            Path image,
            Optional<byte[]> disk,
            int hangSeconds,
            int attempts,
            Closeable server)
            throws IOException {
        this.folder = Files.createDirectories(folder);
        this.place = place;
        this.image = image;
        this.disk = disk;
        this.hangSeconds = hangSeconds;
        this.attempts = attempts;
        this.server = server;
        Path socket = folder.resolve("proxy");
        Map<String, String> lxd =
                Map.of("socket", socket.toString(), "project", place.project(), "network", place.network());
        configuration = Files.writeString(folder.resolve("cpi.json"), Json.write(Map.of("lxd", lxd)));
        proxy = new FaultProxy(socket, place.socket());
        client = LxdClient.of(Endpoint.unix(place.socket().toString()));
        host = newHost();
        upkeep = new Upkeep(distribution(), configuration, new Redactor());
    }

    static Site onFakeLxd(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path image = distribution().home().resolve("lib/training/image");
        Path socket = folder.resolve("lxd");
        FakeLxdServer server = FakeLxdServer.onUnixSocket(FakeLxd.of(Dialect.LXD), socket);
        Place place = new Place(socket, "default", "fakebr0", "10.77.1.1", "10.77.1.20", "10.78.1.0/24");
        return new Site(folder, place, image, Optional.of(TestDisks.uefi(1 << 20)), 2, 1, server::close);
    }

    /**
     * A project of its own.
     *
     * @param number tells the sites of a server apart
     */
    static Site on(RealServer server, int number, Path folder) throws IOException {
        String project = "it-faults-" + UUID.randomUUID().toString().substring(0, 8);
        Endpoint endpoint = Endpoint.unix(server.socket());
        TestProjects.create(endpoint, project, Map.of("features.profiles", "false"));
        Place place = new Place(
                Path.of(server.socket()),
                project,
                server.get("NETWORK"),
                server.get("GATEWAY"),
                server.address(100 + number),
                "10.252." + (50 * server.number() + number) + ".0/24");
        Optional<byte[]> disk = RealServer.withVirtualMachines().contains(server)
                ? Optional.of(TestDisks.rootImg(RealServer.stemcell("image-vm")))
                : Optional.empty();
        return new Site(
                folder,
                place,
                RealServer.stemcell("tiny-runit"),
                disk,
                10,
                3,
                () -> TestProjects.delete(endpoint, project));
    }

    private static Distribution distribution() {
        return new Distribution(CpiProcess.distribution());
    }

    /** A host that has loaded nothing and knows nothing of the server. */
    CpiHost newHost() {
        return new CpiHost(distribution(), configuration);
    }

    /** Makes a call with the host that answers all calls but those that meet a fault. */
    Answer call(String method, List<?> arguments) {
        return call(host, method, arguments, Map.of());
    }

    /** Makes a call. */
    Answer call(CpiHost host, String method, List<?> arguments, Map<String, ?> context) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        Redactor redactor = new Redactor();
        Caller caller = new Caller(folder, new CallLog(log, redactor), redactor);
        byte[] request = request(method, arguments, context).getBytes(StandardCharsets.UTF_8);
        String answer = new String(host.answer(request, caller).toBytes(), StandardCharsets.UTF_8);
        return Answer.of(answer, log.toString(StandardCharsets.UTF_8));
    }

    /** What a Director writes. */
    String request(String method, List<?> arguments, Map<String, ?> more) {
        Map<String, Object> context = new java.util.TreeMap<>(more);
        context.put("director_uuid", director);
        context.put("request_id", "cpi-faults");
        return Json.write(Map.of("method", method, "arguments", arguments, "context", context, "api_version", 2));
    }

    /** The distribution, with this site's configuration, in a folder of its own. */
    Packaged packaged() throws IOException {
        return Packaged.in(Files.createTempDirectory(folder, "p")).withConfiguration(configuration);
    }

    /** A root file system that the server has not seen. */
    String newImage() {
        try {
            Path copy = Files.createTempFile(folder, "image", "");
            Files.write(copy, Files.readAllBytes(image));
            try (OutputStream out = Files.newOutputStream(copy, StandardOpenOption.APPEND);
                    GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8));
            }
            return copy.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether virtual machines can be made here. */
    boolean runsMachines() {
        return disk.isPresent();
    }

    /** A disk that the server has not seen: the same with a sector more. */
    String newMachineImage() {
        byte[] more = Arrays.copyOf(disk.orElseThrow(), disk.orElseThrow().length + 512);
        ByteBuffer.wrap(more).putLong(more.length - 512, UUID.randomUUID().getLeastSignificantBits());
        try {
            Path archive = Files.createTempFile(folder, "machine", "");
            return TestDisks.archive(archive, Map.of("root.img", more)).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A VM's networks. */
    Map<String, Object> networks() {
        Map<String, Object> network = Map.of(
                "type", "manual",
                "ip", place.address(),
                "netmask", "255.255.255.0",
                "gateway", place.gateway(),
                "dns", List.of(place.gateway()),
                "default", List.of("dns", "gateway"),
                "cloud_properties", Map.of("name", place.network()));
        return Map.of("default", network);
    }

    /** The definition of a network to create. */
    Map<String, Object> network() {
        return Map.of(
                "range", place.range(), "gateway", place.range().replace("0/24", "1"), "cloud_properties", Map.of());
    }

    /** What is there, a fact a line. */
    SortedSet<String> contents() {
        LxdSession lxd = operator();
        SortedSet<String> facts = new TreeSet<>(CloudContents.of(lxd, Set.of("default", "dir")));
        for (Network network : lxd.networks().list()) {
            if (director.equals(network.config().get("user.bosh.director"))) {
                facts.add("network " + network.name());
            }
        }
        return facts;
    }

    private LxdSession operator() {
        return client.session(place.project(), Duration.ofMinutes(5));
    }

    /** What {@code gc} finds for this Director, whatever its age. */
    List<Leftover> leftovers() {
        List<Leftover> found = new ArrayList<>();
        for (Leftover leftover : upkeep.maintenance().leftovers(upkeep.call())) {
            if (leftover.directorUuid().map(director::equals).orElse(true)) {
                found.add(leftover);
            }
        }
        return found;
    }

    /** What {@code gc --remove} does, to precious things as well if they are named. */
    void collect(boolean named) {
        Maintenance maintenance = upkeep.maintenance();
        List<Leftover> removable = new ArrayList<>(leftovers());
        removable.removeIf(leftover -> leftover.precious() && !named);
        maintenance.remove(upkeep.call(), removable);
    }

    /** Removes everything. */
    void clear() {
        LxdSession lxd = operator();
        CloudContents.delete(lxd, Set.of("default", "dir"));
        for (String fact : contents()) {
            if (fact.startsWith("network ")) {
                lxd.networks().delete(fact.substring("network ".length()));
            }
        }
    }

    @Override
    public void close() throws IOException {
        clear();
        host.close();
        upkeep.close();
        client.close();
        proxy.close();
        server.close();
    }
}
