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
import org.jspecify.annotations.Nullable;

/**
 * The daemon of a server that {@code .ci/servers} brought up, and the processes of its containers; or of one in the guest
 * of {@code .ci/lab}, where that script does what needs the guest's processes.
 */
public final class ServerProcess {
    private static final Path SCRIPT =
            Path.of("../../../.ci/servers").toAbsolutePath().normalize();

    private final RealServer server;
    /** The script of a server whose processes are not this machine's. */
    private final @Nullable String control;

    public ServerProcess(RealServer server) {
        this.server = server;
        this.control = server.settings().get("CONTROL");
    }

    /** Restarts it; containers go on. */
    public void restart() {
        run(control == null ? SCRIPT.toString() : control, "restart", server.name());
    }

    /** Kills it as a power cut does; containers go on. */
    public void kill() {
        kill(pid());
    }

    /** Lets it stop its containers and itself, as at a shutdown of the machine. */
    public void shutDown() {
        if (control != null) {
            run(control, "stop", server.name());
            return;
        }
        ProcessHandle daemon = ProcessHandle.of(pid()).orElseThrow();
        run("kill", "-PWR", String.valueOf(daemon.pid()));
        Lab.await(server + " to end", () -> !daemon.isAlive());
    }

    public void start() {
        if (control != null) {
            run(control, "start", server.name());
        } else {
            run(SCRIPT.toString(), "start", server.name());
        }
    }

    /** Kills a process of the server's machine, if it is still there. */
    public void kill(long pid) {
        if (control != null) {
            run(control, "kill", String.valueOf(pid));
            return;
        }
        ProcessHandle.of(pid).ifPresent(process -> {
            process.destroyForcibly();
            Lab.await("the end of process " + pid, () -> !process.isAlive());
        });
    }

    /** Kills a container's first process and its supervisor, who would otherwise tell the server of it. */
    public void killWithMonitor(long init) {
        if (control != null) {
            run(control, "kill", String.valueOf(init), "parent");
            return;
        }
        kill(ProcessHandle.of(init).flatMap(ProcessHandle::parent).orElseThrow().pid());
        kill(init);
    }

    private long pid() {
        try (LxdClient client = LxdClient.of(Endpoint.unix(server.socket()))) {
            Object pid = client.session("default", Patience.of(Duration.ofSeconds(10)))
                    .server()
                    .refresh()
                    .environment()
                    .get("server_pid");
            return ((Number) Objects.requireNonNull(pid)).longValue();
        }
    }

    /** Runs a script, which must succeed within two minutes, natively. */
    public static void run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.waitFor(Patience.of(Duration.ofMinutes(2)).toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThat(process.exitValue()).as(List.of(command).toString()).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
