package io.boshcpi.lxd.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A real LXD or Incus for tests, as {@code .ci/servers up} brought it up and wrote it down.
 *
 * <p>{@code CPI_TEST_SERVERS} names the servers to test with, separated by commas: {@code lxd,incus} unless it is set,
 * {@code none} for none. One that is named and not there is a failure, never a skipped test. Servers of other providers, which
 * it may name as well, are not these tests' concern.
 *
 * @param name {@code lxd}, {@code incus}, or {@code incus7} for the Incus of a newer Debian
 * @param settings what {@code .ci/servers env} says, without the prefix: {@code SOCKET}, {@code URL}, {@code NETWORK}, …
 */
public record RealServer(String name, Map<String, String> settings) {
    private static final String DEFAULT_STATE = "/var/tmp/lxd-cpi-test";
    private static final List<String> NAMES = List.of("lxd", "incus", "incus7");

    /**
     * The servers to test with; empty if it was asked for none. JVMs that Maven runs side by side have them in different
     * orders, so that they wait less for each other.
     */
    public static List<RealServer> all() {
        String wanted = System.getenv().getOrDefault("CPI_TEST_SERVERS", "lxd,incus");
        List<RealServer> servers = new ArrayList<>();
        for (String name : wanted.split(",", -1)) {
            if (NAMES.contains(name.trim())) {
                servers.add(named(name.trim()));
            }
        }
        if (!servers.isEmpty()) {
            Collections.rotate(servers, -(Integer.getInteger("surefire.forkNumber", 1) - 1));
        }
        return servers;
    }

    /** Those among them that run virtual machines. */
    public static List<RealServer> withVirtualMachines() {
        return all().stream()
                .filter(server -> server.settings.getOrDefault("VMS", "false").equals("true"))
                .toList();
    }

    /** Those among them that are a cluster, as {@code .ci/cluster} brings one up. */
    public static List<RealServer> clusters() {
        return all().stream().filter(server -> server.members().size() > 1).toList();
    }

    /** The members of the cluster; empty if it is none. */
    public List<String> members() {
        return List.of(settings.getOrDefault("MEMBERS", "").split(",", -1));
    }

    /** The folder in which {@code .ci/servers} and {@code .ci/cluster} keep what they know. */
    public static Path state() {
        return Path.of(System.getenv().getOrDefault("CPI_TEST_STATE", DEFAULT_STATE));
    }

    /** Whether tests are to run on that server. */
    public static boolean isWanted(String name) {
        String wanted = System.getenv().getOrDefault("CPI_TEST_SERVERS", "lxd,incus");
        return List.of(wanted.split(",", -1)).contains(name);
    }

    /** One server, which must be there. */
    public static RealServer named(String name) {
        Path file = state().resolve("env");
        Map<String, String> settings = new HashMap<>();
        String prefix = "CPI_TEST_" + name.toUpperCase(Locale.ROOT) + "_";
        try {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                String key = equals < 0 ? "" : line.substring(0, equals);
                if (key.startsWith(prefix)) {
                    settings.put(key.substring(prefix.length()), line.substring(equals + 1));
                } else if (key.startsWith("CPI_TEST_CLIENT_")) {
                    settings.put(key.substring("CPI_TEST_".length()), line.substring(equals + 1));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The tests need a real " + name + ", and " + file + " does not tell of any: run `.ci/servers up`,"
                            + " or set CPI_TEST_SERVERS=none to do without",
                    e);
        }
        RealServer server = new RealServer(name, settings);
        if (!Files.exists(Path.of(server.socket()))) {
            throw new IllegalStateException("The tests need a real " + name + ", and there is no " + server.socket()
                    + ": run `.ci/servers up`, or set CPI_TEST_SERVERS=none to do without");
        }
        return server;
    }

    /** A setting that must be there. */
    public String get(String key) {
        String value = settings.get(key);
        if (value == null) {
            throw new IllegalStateException("`.ci/servers env` says nothing of " + key + " for " + name);
        }
        return value;
    }

    /** What it says it is: {@code lxd} or {@code incus}. */
    public String software() {
        return name.equals("lxd") ? "lxd" : "incus";
    }

    /** From 0 on, another one for each: so tests of servers side by side take different things of their machine. */
    public int number() {
        return NAMES.indexOf(name);
    }

    /** The Unix socket. */
    public String socket() {
        return get("SOCKET");
    }

    /** What a file that a setting names holds, such as a certificate. */
    public String read(String key) {
        try {
            return Files.readString(Path.of(get(key)));
        } catch (IOException e) {
            throw new UncheckedIOException(key, e);
        }
    }

    /** An address in the first network that no other test and no DHCP server uses. */
    public String address(int host) {
        String subnet = get("SUBNET");
        return subnet.substring(0, subnet.lastIndexOf('.') + 1) + host;
    }

    /** The image of a stemcell that {@code .ci/stemcells} made: {@code tiny-runit} or {@code systemd}. */
    public static Path stemcell(String kind) {
        Path cache = state().resolve("stemcells");
        Path newest = null;
        try (var files = Files.newDirectoryStream(cache, kind + "-*.tar.gz")) {
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
            throw new IllegalStateException(
                    "There is no stemcell " + kind + " for tests: run `.ci/stemcells " + kind + "`");
        }
        return newest;
    }

    @Override
    public String toString() {
        return name;
    }
}
