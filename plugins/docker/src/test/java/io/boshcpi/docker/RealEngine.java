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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.pf4j.ExtensionPoint;

/**
 * A real Podman or Docker, as {@code .ci/servers up} brought it up and wrote it down. If {@code CPI_TEST_SERVERS} names it and
 * it is not there, that is a failure, never a skipped test.
 */
final class RealEngine {
    private static final AtomicInteger NEXT_ADDRESS = new AtomicInteger(10);

    private final String name;
    private final Map<String, String> settings;

    private RealEngine(String name, Map<String, String> settings) {
        this.name = name;
        this.settings = settings;
    }

    /** Whether tests are to run on Podman. */
    static boolean isPodmanWanted() {
        return isWanted("podman");
    }

    /** Whether tests are to run on Docker's own engine. */
    static boolean isDockerWanted() {
        return isWanted("docker");
    }

    private static boolean isWanted(String name) {
        String wanted = System.getenv().getOrDefault("CPI_TEST_SERVERS", "lxd,incus,podman");
        return List.of(wanted.split(",", -1)).contains(name);
    }

    /** {@code podman} or {@code docker}, which must be there. */
    static RealEngine named(String name) {
        Map<String, String> settings = new HashMap<>();
        String prefix = "CPI_TEST_" + name.toUpperCase(Locale.ROOT) + "_";
        Path file = state().resolve("env");
        try {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (line.startsWith(prefix)) {
                    settings.put(line.substring(prefix.length(), equals), line.substring(equals + 1));
                }
            }
        } catch (IOException e) {
            throw absent(name, file, e);
        }
        RealEngine engine = new RealEngine(name, settings);
        Path socket = Path.of(engine.get("SOCKET"));
        if (!Files.exists(socket)) {
            throw absent(name, socket, null);
        }
        return engine;
    }

    private static IllegalStateException absent(
            String name, Path file, @org.jspecify.annotations.Nullable IOException cause) {
        return new IllegalStateException(
                "The tests need a real engine, and there is no " + file + ": run `.ci/servers up " + name
                        + "`, or leave it out of CPI_TEST_SERVERS",
                cause);
    }

    /** What {@code doctor} calls it. */
    String software() {
        return name.equals("podman") ? "Podman" : "Docker";
    }

    private static Path state() {
        return Path.of(System.getenv().getOrDefault("CPI_TEST_STATE", "/var/tmp/lxd-cpi-test"));
    }

    /**
     * Whether a container can be privileged: for Docker, that is to have every capability of the kernel, and no process has one
     * that a parent of it gave up. This one stands for the engine's.
     */
    boolean makesPrivileged() {
        if (name.equals("podman")) {
            return true;
        }
        try {
            String bounding = Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("CapBnd:"))
                    .findFirst()
                    .orElseThrow();
            long capabilities = Long.parseUnsignedLong(
                    bounding.substring("CapBnd:".length()).strip(), 16);
            return (capabilities & (capabilities + 1)) == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A setting that must be there. */
    String get(String key) {
        String value = settings.get(key);
        if (value == null) {
            throw new IllegalStateException("`.ci/servers env` says nothing of " + key + " for " + name
                    + ": run `.ci/servers up " + name + "`, or leave it out of CPI_TEST_SERVERS");
        }
        return value;
    }

    /** What the file that a setting names holds, such as a certificate. */
    String read(String key) {
        try {
            return Files.readString(Path.of(get(key)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    static final ProviderContext CONTEXT = new ProviderContext() {
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
