package io.boshcpi.distribution.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.distribution.CpiProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A cold call over HTTPS: BoringSSL does TLS where its library loads, and the JDK where it does not. */
@Tag("distribution")
@Timeout(120)
class HttpsCallIT {
    private static final byte[] HAS_VM =
            "{\"method\":\"has_vm\",\"arguments\":[\"vm-1\"],\"context\":{\"request_id\":\"cpi-7\"},\"api_version\":2}"
                    .getBytes(StandardCharsets.UTF_8);
    private static final HttpMessage NO_SUCH_VM = new HttpMessage(
            "HTTP/1.1 404 Not Found",
            Map.of("content-type", "application/json"),
            "{\"type\":\"error\",\"error\":\"Instance not found\",\"error_code\":404}"
                    .getBytes(StandardCharsets.UTF_8));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path home;

    @BeforeEach
    void copy() {
        home = CpiProcess.copyOfDistribution(folder.resolve("cpi"));
    }

    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            architectures = {"amd64", "aarch64"})
    void theLibraryOfTheDistributionDoesTlsWithoutAWord() throws Exception {
        String stderr = call().stderr();

        assertThat(stderr.lines()).as("the JVM says nothing").isNotEmpty().allMatch(line -> line.contains(" [cpi-7] "));
        assertThat(stderr).doesNotContain("TLS");
    }

    @Test
    void withoutALibraryTheJdkDoesTlsAndOneLineSaysSo() throws Exception {
        try (Stream<Path> libraries = Files.list(home.resolve("lib/native"))) {
            for (Path library : libraries.toList()) {
                Files.delete(library);
            }
        }

        assertThat(call().stderr().lines().filter(line -> line.contains("the JDK does TLS")))
                .singleElement()
                .asString()
                .contains(" INFO [cpi-7] ", "java.library.path");
    }

    private CpiProcess.Output call() throws Exception {
        try (TrainingServers servers = new TrainingServers()) {
            servers.answerWith(request -> NO_SUCH_VM);
            Path configuration = TrainingFiles.write(
                    home.resolve("lib/training/configurations/https.json"), servers.variables(), folder);
            Map<String, String> environment = new TreeMap<>(CpiProcess.DIRECTOR);
            environment.put(
                    "CPI_JAVA",
                    Path.of(System.getProperty("java.home"), "bin/java").toString());

            CpiProcess.Output output = CpiProcess.of(home.resolve("bin/cpi"), folder)
                    .with(environment)
                    .run(HAS_VM, "--config", configuration.toString(), "--socket", "/nowhere");

            assertThat(output.stdout()).startsWith("{\"result\":false,\"error\":null");
            return output;
        }
    }
}
