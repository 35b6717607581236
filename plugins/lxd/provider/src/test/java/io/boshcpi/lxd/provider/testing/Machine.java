package io.boshcpi.lxd.provider.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.lxd.fake.RealServer;
import io.boshcpi.spi.NetworkSpec;
import io.boshcpi.spi.StemcellCid;
import io.boshcpi.spi.VmCid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A virtual machine whose agent, the stand-in of {@code .ci/vm/agent}, answers over the network.
 *
 * @param vm its CID
 * @param address its fixed address
 */
public record Machine(VmCid vm, String address) {
    /** An emulated machine boots in half a minute, on a busy host in some. */
    private static final Duration BOOT_TIME = Duration.ofMinutes(5);

    private static final Duration ANSWER_TIME = Duration.ofSeconds(60);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /** Makes a VM of the stemcell and waits for its agent. */
    public static Machine start(Lab lab, RealServer server, StemcellCid stemcell, Map<String, ?> properties) {
        Machine machine = create(lab, server, stemcell, properties);
        machine.await("starts=1");
        return machine;
    }

    /** Makes a VM of the stemcell, whose agent may not be up yet. */
    public static Machine create(Lab lab, RealServer server, StemcellCid stemcell, Map<String, ?> properties) {
        String address = server.address(ThreadLocalRandom.current().nextInt(20, 200));
        NetworkSpec network = Harness.manual("default", address, server.get("GATEWAY"), Map.of());
        return new Machine(lab.vm(stemcell, properties, List.of(network)), address);
    }

    /** What the guest tells of itself, as {@code KEY=VALUE}. */
    public List<String> facts() {
        return List.of(ask(request("/cgi-bin/facts").GET().build()).body().split("\n", -1));
    }

    /** Waits until the guest tells that. */
    public void await(String fact) {
        long end = System.nanoTime() + BOOT_TIME.toNanos();
        String last = "nothing";
        while (System.nanoTime() < end) {
            try {
                List<String> facts = facts();
                if (facts.contains(fact)) {
                    return;
                }
                last = facts.toString();
            } catch (UncheckedIOException e) {
                last = e.getMessage();
            }
            pause();
        }
        throw new AssertionError("waited in vain for " + fact + " of " + vm + " at " + address + "; last: " + last);
    }

    /** Asks the agent, which must succeed; returns its answer. */
    public String agent(String... words) {
        HttpResponse<String> answer =
                ask(request("/cgi-bin/call?" + String.join("+", words)).GET().build());
        assertThat(answer.statusCode())
                .as(String.join(" ", words) + ": " + answer.body())
                .isEqualTo(200);
        return answer.body().trim();
    }

    /** Runs a script in the guest, which must succeed; returns its output. */
    public String sh(String script) {
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString(script);
        String output = ask(request("/cgi-bin/run").POST(body).build()).body().trim();
        assertThat(output).as(script).endsWith("exit=0");
        return output.substring(0, output.length() - "exit=0".length()).trim();
    }

    /** Turns it off as a power failure does, and on again. */
    public void kill(Lab lab) {
        lab.lxd().instances().stop(vm.value(), true, Duration.ofSeconds(20));
        lab.lxd().instances().start(vm.value());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + address + ":6868" + path))
                .timeout(ANSWER_TIME);
    }

    private static HttpResponse<String> ask(HttpRequest request) {
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
