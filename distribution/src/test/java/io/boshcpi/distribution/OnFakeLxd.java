package io.boshcpi.distribution;

import io.boshcpi.distribution.Packaged.Running;
import io.boshcpi.lxd.fake.FakeLxd;
import io.boshcpi.lxd.fake.FakeLxdServer;
import io.boshcpi.lxd.fake.model.Dialect;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A copy of the distribution beside a FakeLxd, whose resident host, if a test starts one, ends with the test. */
abstract class OnFakeLxd {
    /** What the launcher says when it makes a call itself, before the reason. */
    static final String COLD = "cpi: not served by a resident host: ";

    static final String NO_SUCH_VM = "{\"result\":false,\"error\":null,\"log\":\"\"}\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    Packaged cpi;

    @SuppressWarnings("NullAway.Init")
    FakeLxd lxd;

    @SuppressWarnings("NullAway.Init")
    private FakeLxdServer server;

    @Nullable
    Running host;

    @BeforeEach
    final void serveLxd() throws IOException {
        cpi = Packaged.in(folder);
        lxd = FakeLxd.of(Dialect.LXD);
        server = FakeLxdServer.onUnixSocket(lxd, socket());
    }

    @AfterEach
    final void end() throws InterruptedException {
        if (host != null) {
            host.process().destroyForcibly().waitFor();
        }
        if (server != null) {
            server.close();
        }
    }

    /** FakeLxd's socket. */
    final Path socket() {
        return folder.resolve("lxd");
    }

    final Running startHost() throws IOException {
        Running started = cpi.startHost();
        host = started;
        return started;
    }

    /** Waits until FakeLxd has got the request, such as {@code "GET /1.0/instances/vm-1"}. */
    final void awaitRequest(String line) {
        while (!lxd.requests().lines().contains(line)) {
            Thread.onSpinWait();
        }
    }
}
