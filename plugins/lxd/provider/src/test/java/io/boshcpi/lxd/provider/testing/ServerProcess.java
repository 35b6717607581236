package io.boshcpi.lxd.provider.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.lxd.client.LxdClient;
import io.boshcpi.lxd.client.transport.Endpoint;
import io.boshcpi.lxd.fake.RealServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The daemon of a server that {@code .ci/servers} brought up, and the processes of its containers. */
public final class ServerProcess {
    private static final Path SCRIPT =
            Path.of("../../../.ci/servers").toAbsolutePath().normalize();

    private final RealServer server;

    public ServerProcess(RealServer server) {
        this.server = server;
    }

    /** Restarts it; containers go on. */
    public void restart() {
        run(SCRIPT.toString(), "restart", server.name());
    }

    /** Kills it as a power cut does; containers go on. */
    public void kill() {
        kill(pid());
    }

    /** Lets it stop its containers and itself, as at a shutdown of the machine. */
    public void shutDown() {
        ProcessHandle daemon = ProcessHandle.of(pid()).orElseThrow();
        run("kill", "-PWR", String.valueOf(daemon.pid()));
        Lab.await(server + " to end", () -> !daemon.isAlive());
    }

    public void start() {
        run(SCRIPT.toString(), "up", server.name());
    }

    /** Kills a process of the host, if it is still there. */
    public static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(process -> {
            process.destroyForcibly();
            Lab.await("the end of process " + pid, () -> !process.isAlive());
        });
    }

    /** Kills a container's first process and its supervisor, who would otherwise tell the server of it. */
    public static void killWithMonitor(long init) {
        kill(ProcessHandle.of(init).flatMap(ProcessHandle::parent).orElseThrow().pid());
        kill(init);
    }

    private long pid() {
        try (LxdClient client = LxdClient.of(Endpoint.unix(server.socket()))) {
            Object pid = client.session("default", Duration.ofSeconds(10))
                    .server()
                    .refresh()
                    .environment()
                    .get("server_pid");
            return ((Number) Objects.requireNonNull(pid)).longValue();
        }
    }

    /** Runs a script, which must succeed within two minutes. */
    public static void run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(List.of(command).toString()).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
