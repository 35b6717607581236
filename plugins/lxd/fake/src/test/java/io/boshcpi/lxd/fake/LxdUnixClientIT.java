package io.boshcpi.lxd.fake;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The client's contract on a real Lxd over its Unix socket. */
@Tag("lxd")
@EnabledIf("isWanted")
@ResourceLock("lxd")
class LxdUnixClientIT extends RealServerClientContract {
    LxdUnixClientIT() {
        super("lxd", false);
    }

    static boolean isWanted() {
        return RealServer.isWanted("lxd");
    }
}
