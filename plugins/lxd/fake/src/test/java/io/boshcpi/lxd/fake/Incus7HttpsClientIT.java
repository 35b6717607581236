package io.boshcpi.lxd.fake;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The client's contract on a real Incus 7 over HTTPS. */
@Tag("incus7")
@EnabledIf("isWanted")
@ResourceLock("incus7")
class Incus7HttpsClientIT extends RealServerClientContract {
    Incus7HttpsClientIT() {
        super("incus7", true);
    }

    static boolean isWanted() {
        return RealServer.isWanted("incus7");
    }
}
