package io.boshcpi.lxd.fake;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/** The client's contract on a real Lxd over HTTPS. */
@Tag("lxd")
@EnabledIf("isWanted")
class LxdHttpsClientIT extends RealServerClientContract {
    LxdHttpsClientIT() {
        super("lxd", true);
    }

    static boolean isWanted() {
        return RealServer.isWanted("lxd");
    }
}
