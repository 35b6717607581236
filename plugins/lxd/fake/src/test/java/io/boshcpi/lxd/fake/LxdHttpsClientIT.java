package io.boshcpi.lxd.fake;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The client's contract on a real Lxd over HTTPS. */
@Tag("lxd")
@EnabledIf("isWanted")
@ResourceLock("lxd")
class LxdHttpsClientIT extends RealServerClientContract {
    LxdHttpsClientIT() {
        super("lxd", true);
    }

    static boolean isWanted() {
        return RealServer.isWanted("lxd");
    }
}
