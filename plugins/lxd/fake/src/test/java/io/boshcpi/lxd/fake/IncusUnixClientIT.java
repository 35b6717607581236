package io.boshcpi.lxd.fake;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The client's contract on a real Incus over its Unix socket. */
@Tag("incus")
@EnabledIf("isWanted")
@ResourceLock("incus")
class IncusUnixClientIT extends RealServerClientContract {
    IncusUnixClientIT() {
        super("incus", false);
    }

    static boolean isWanted() {
        return RealServer.isWanted("incus");
    }
}
