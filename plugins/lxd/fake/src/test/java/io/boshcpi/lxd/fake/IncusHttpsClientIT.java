package io.boshcpi.lxd.fake;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The client's contract on a real Incus over HTTPS. */
@Tag("incus")
@EnabledIf("isWanted")
@ResourceLock("incus")
class IncusHttpsClientIT extends RealServerClientContract {
    IncusHttpsClientIT() {
        super("incus", true);
    }

    static boolean isWanted() {
        return RealServer.isWanted("incus");
    }
}
