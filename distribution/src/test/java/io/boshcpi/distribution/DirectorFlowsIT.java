package io.boshcpi.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.core.testing.RecordedCall;
import io.boshcpi.core.testing.Replayer;
import io.boshcpi.json.Json;
import io.boshcpi.lxd.client.LxdClient;
import io.boshcpi.lxd.client.session.LxdSession;
import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.fake.GuestShell;
import io.boshcpi.lxd.fake.RealServer;
import io.boshcpi.lxd.fake.TestProjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a real Director sent to this CPI while it deployed, repaired and deleted, sent again to real servers, in a
 * project of its own. After every command the server must have what the Director takes to be there and nothing else,
 * and each disk its own data.
 */
@Tag("server")
class DirectorFlowsIT {
    private static final int EPHEMERAL_MIB = 64;
    private static final int FIRST_HOST = 2;

    @TempDir
    private Path folder;

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("io.boshcpi.lxd.fake.RealServer#all")
    void nothingIsLeftBehindAndNothingGetsLost(RealServer server) throws IOException {
        String project = "it-flows-" + UUID.randomUUID().toString().substring(0, 8);
        Map<String, Object> lxd =
                Map.of("socket", server.socket(), "network", server.get("NETWORK"), "project", project);
        Path config = Files.writeString(folder.resolve("cpi.json"), Json.write(Map.of("lxd", lxd)));
        CpiProcess cpi = CpiProcess.of(CpiProcess.distribution().resolve("bin/cpi"), folder);
        Replayer replayer = new Replayer(
                (request, environment) -> cpi.with(environment).call(request, "--config", config.toString()),
                new Adaption(server)::adapt);
        Set<String> pools = Set.of(server.get("POOL"), server.get("POOL_DIR"));
        try (LxdClient client = LxdClient.of(Endpoint.unix(server.socket()))) {
            LxdSession session = client.session(project, Duration.ofMinutes(20));
            TestProjects.create(Endpoint.unix(server.socket()), project, Map.of("features.profiles", "false"));
            try {
                play(replayer, session, pools);
            } finally {
                CloudContents.delete(session, pools);
                TestProjects.delete(Endpoint.unix(server.socket()), project);
            }
        }
    }

    private static void play(Replayer replayer, LxdSession session, Set<String> pools) {
        DirectorsView view = new DirectorsView(EPHEMERAL_MIB);
        Set<String> marked = new HashSet<>();
        List<RecordedCall> calls = RecordedCall.in("director-flows.jsonl");
        for (String operation : RecordedCall.operations(calls)) {
            List<RecordedCall> flow = RecordedCall.of(calls, operation);
            replayer.replay(flow);
            flow.forEach(view::add);
            Map<String, String> cids = replayer.cids();
            assertThat(CloudContents.of(session, pools))
                    .as("what is on the server after " + operation)
                    .isEqualTo(view.facts(cids));
            view.attachments().forEach((disk, vm) -> {
                String content = contentOf(session, cids.get(vm), cids.get(disk));
                assertThat(content)
                        .as("the content of " + disk + " after " + operation)
                        .isEqualTo(marked.add(disk) ? "" : cids.get(disk));
            });
        }
        assertThat(view.facts(Map.of())).as("what the Director has left").isEmpty();
    }

    /** What is on a disk, empty if nothing; from then on it is the disk's own CID. */
    private static String contentOf(LxdSession session, @Nullable String vm, @Nullable String disk) {
        String file = "/warden-cpi-dev/" + disk + "/marker";
        String script = "cat " + file + " 2>/dev/null; printf %s " + disk + " > " + file;
        return GuestShell.exec(session, String.valueOf(vm), List.of("sh", "-c", script))
                .stdout();
    }

    /** The recorded calls on the server at hand, with small VMs of a small stemcell. */
    private static final class Adaption {
        private final RealServer server;
        private final Map<String, List<String>> addresses = new LinkedHashMap<>();

        Adaption(RealServer server) {
            this.server = server;
        }

        List<@Nullable Object> adapt(String method, List<@Nullable Object> arguments) {
            List<@Nullable Object> adapted = new ArrayList<>(arguments);
            switch (method) {
                case "create_stemcell" ->
                    adapted.set(0, RealServer.stemcell("tiny-runit").toString());
                case "create_vm" -> {
                    adapted.set(2, Map.of("cpu", 1, "memory", 128, "ephemeral_disk", EPHEMERAL_MIB));
                    adapted.set(3, networks((Map<?, ?>) adapted.get(3)));
                }
                case "create_disk" -> {
                    boolean another = adapted.get(1) instanceof Map<?, ?> properties && !properties.isEmpty();
                    adapted.set(1, another ? Map.of("storage_pool", server.get("POOL_DIR")) : Map.of());
                }
                default -> {
                    // names nothing of the server
                }
            }
            return adapted;
        }

        private Map<String, Object> networks(@Nullable Map<?, ?> recorded) {
            Map<String, Object> networks = new LinkedHashMap<>();
            if (recorded != null) {
                recorded.forEach((name, network) -> networks.put(
                        String.valueOf(name), network(name.equals("second") ? "2" : "", (Map<?, ?>) network)));
            }
            return networks;
        }

        private Map<String, @Nullable Object> network(String which, Map<?, ?> recorded) {
            Map<String, @Nullable Object> network = new LinkedHashMap<>();
            recorded.forEach((key, value) -> network.put(String.valueOf(key), value));
            network.put("cloud_properties", Map.of("name", server.get("NETWORK" + which)));
            if (network.get("ip") instanceof String address) {
                String gateway = server.get("GATEWAY" + which);
                network.put("ip", gateway.substring(0, gateway.lastIndexOf('.') + 1) + host(gateway, address));
                network.put("gateway", gateway);
                network.put("dns", List.of(gateway));
            }
            return network;
        }

        /** Below 20, where no other test's VMs are. */
        private int host(String network, String recorded) {
            List<String> known = addresses.computeIfAbsent(network, unknown -> new ArrayList<>());
            if (!known.contains(recorded)) {
                known.add(recorded);
            }
            return FIRST_HOST + known.indexOf(recorded);
        }
    }
}
