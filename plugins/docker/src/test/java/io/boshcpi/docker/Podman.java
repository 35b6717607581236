package io.boshcpi.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.httpclient5.ApacheDockerHttpClient;
import io.boshcpi.docker.engine.DockerConfig;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.PropertyTree;
import io.boshcpi.spi.ProviderContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.pf4j.ExtensionPoint;

/**
 * A real Podman, as {@code .ci/servers up podman} brought it up and wrote it down. If {@code CPI_TEST_SERVERS} names it and it
 * is not there, that is a failure, never a skipped test.
 */
final class Podman {
    private static final String PREFIX = "CPI_TEST_PODMAN_";
    private static final AtomicInteger NEXT_ADDRESS = new AtomicInteger(10);

    private final Map<String, String> settings;

    private Podman(Map<String, String> settings) {
        this.settings = settings;
    }

    /** Whether tests are to run on it. */
    static boolean isWanted() {
        String wanted = System.getenv().getOrDefault("CPI_TEST_SERVERS", "lxd,incus,podman");
        return List.of(wanted.split(",", -1)).contains("podman");
    }

    static Podman find() {
        Map<String, String> settings = new HashMap<>();
        Path file = state().resolve("env");
        try {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (line.startsWith(PREFIX)) {
                    settings.put(line.substring(PREFIX.length(), equals), line.substring(equals + 1));
                }
            }
        } catch (IOException e) {
            throw absent(file, e);
        }
        Podman podman = new Podman(settings);
        if (!Files.exists(Path.of(podman.get("SOCKET")))) {
            throw absent(Path.of(podman.get("SOCKET")), null);
        }
        return podman;
    }

    private static IllegalStateException absent(Path file, @org.jspecify.annotations.Nullable IOException cause) {
        return new IllegalStateException(
                "The tests need a real Podman, and there is no " + file
                        + ": run `.ci/servers up podman`, or leave podman" + " out of CPI_TEST_SERVERS",
                cause);
    }

    private static Path state() {
        return Path.of(System.getenv().getOrDefault("CPI_TEST_STATE", "/var/tmp/lxd-cpi-test"));
    }

    /** A setting that must be there. */
    String get(String key) {
        String value = settings.get(key);
        if (value == null) {
            throw new IllegalStateException("`.ci/servers env` says nothing of " + PREFIX + key
                    + ": run `.ci/servers up podman`, or leave podman out of CPI_TEST_SERVERS");
        }
        return value;
    }

    /** The provider for it, with further settings. */
    CloudProvider provider(Map<String, Object> more) {
        Map<String, Object> section = new HashMap<>(more);
        section.putIfAbsent("url", "unix://" + get("SOCKET"));
        section.putIfAbsent("network", get("NETWORK"));
        DockerProviderFactory factory = new DockerProviderFactory();
        DockerConfig config = PropertyTree.of("configuration.docker", section).bind(factory.configType());
        return factory.create(config, CONTEXT);
    }

    /** A client of it, to look at what the provider makes. */
    DockerClient client() {
        DockerClientConfig config = new DefaultDockerClientConfig.Builder()
                .withProperties(new Properties())
                .withDockerHost("unix://" + get("SOCKET"))
                .build();
        return DockerClientImpl.getInstance(
                config,
                new ApacheDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .build());
    }

    /** The settings of a manual network with an address that no other test has. */
    Map<String, Object> manual(String networkKey) {
        String gateway = get(networkKey.replace("NETWORK", "GATEWAY"));
        String ip = gateway.substring(0, gateway.lastIndexOf('.') + 1) + NEXT_ADDRESS.getAndIncrement();
        return Map.of(
                "type",
                "manual",
                "ip",
                ip,
                "netmask",
                "255.255.255.0",
                "gateway",
                gateway,
                "default",
                List.of("dns", "gateway"),
                "cloud_properties",
                Map.of("name", get(networkKey)));
    }

    /** The image of a stemcell that {@code .ci/stemcells} made. */
    static Path stemcell(String kind) {
        Path newest = null;
        try (var files = Files.newDirectoryStream(state().resolve("stemcells"), kind + "-*.tar.gz")) {
            for (Path file : files) {
                if (newest == null
                        || Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(newest)) > 0) {
                    newest = file;
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("There are no stemcells for tests: run `.ci/stemcells " + kind + "`", e);
        }
        if (newest == null) {
            throw new IllegalStateException("There is no stemcell for tests: run `.ci/stemcells " + kind + "`");
        }
        return newest;
    }

    private static final ProviderContext CONTEXT = new ProviderContext() {
        @Override
        public <E extends ExtensionPoint> List<E> extensions(Class<E> type) {
            return List.of();
        }

        @Override
        public Clock clock() {
            return Clock.systemUTC();
        }
    };
}
