package io.boshcpi.lxd.fake;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** The client's contract on a real Lxd over its Unix socket. */
@Tag("lxd")
@EnabledIf("isWanted")
class LxdUnixClientIT extends RealServerClientContract {
    LxdUnixClientIT() {
        super("lxd", false);
    }

    static boolean isWanted() {
        return RealServer.isWanted("lxd");
    }
}
