package io.boshcpi.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.core.testing.RecordedStory;
import io.boshcpi.json.Json;
import io.boshcpi.lxd.fake.RealServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real Director and a real {@code create-env} sent, through the launcher, on real servers. */
@Tag("server")
class ServerReplayIT {
    @TempDir
    private Path folder;

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("io.boshcpi.lxd.fake.RealServer#all")
    void recordedCallsAreServedByARealServer(RealServer server) throws IOException {
        Map<String, Object> lxd = Map.of("socket", server.socket(), "network", server.get("NETWORK"));
        Path config = Files.writeString(
                folder.resolve("cpi.json"),
                Json.write(Map.of("lxd", lxd, "agent", Map.of("mbus", "nats://nats:made-up-pass@10.0.0.6:4222"))));
        CpiProcess cpi = CpiProcess.of(CpiProcess.distribution().resolve("bin/cpi"), folder);
        AtomicInteger host = new AtomicInteger(ThreadLocalRandom.current().nextInt(20, 150));
        StringBuilder output = new StringBuilder();
        RecordedStory story = new RecordedStory(
                (request, environment) -> {
                    var answer = cpi.with(environment).call(request, "--config", config.toString());
                    output.append(answer.stdout()).append(answer.stderr());
                    return answer;
                },
                (method, arguments) -> switch (method) {
                    case "create_stemcell" -> withImage(arguments);
                    case "create_vm" -> withNetwork(arguments, server, server.address(host.incrementAndGet()));
                    case "create_disk" -> with(arguments, 1, Map.of());
                    default -> arguments;
                });
        try {
            story.play();
        } finally {
            story.cleanUp();
        }
        assertThat(output).doesNotContain("made-up-pass", "made-up-Secret-0815", "$6$madeupsalt$");
    }

    private static List<@Nullable Object> with(List<@Nullable Object> arguments, int at, Object value) {
        List<@Nullable Object> adapted = new ArrayList<>(arguments);
        adapted.set(at, value);
        return adapted;
    }

    private static List<@Nullable Object> withImage(List<@Nullable Object> arguments) {
        return with(arguments, 0, RealServer.stemcell("tiny-runit").toString());
    }

    /** The recording CPI's cloud properties mean nothing here, and its network is not there. */
    private static List<@Nullable Object> withNetwork(
            List<@Nullable Object> arguments, RealServer server, String address) {
        Map<String, @Nullable Object> network = new LinkedHashMap<>();
        if (arguments.get(3) instanceof Map<?, ?> networks && networks.get("default") instanceof Map<?, ?> recorded) {
            recorded.forEach((key, value) -> network.put(String.valueOf(key), value));
        }
        network.put("ip", address);
        network.put("gateway", server.get("GATEWAY"));
        network.put("dns", List.of(server.get("GATEWAY")));
        network.put("cloud_properties", Map.of("name", server.get("NETWORK")));
        Map<String, Object> size = Map.of("cpu", 1, "memory", 256, "ephemeral_disk", 256);
        return with(with(arguments, 3, Map.of("default", network)), 2, size);
    }
}
