package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.fake.RealServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

@Tag("server")
@Tag("incus7")
@EnabledIf("isWanted")
final class Incus7ConformanceIT extends RealServerConformance {
    Incus7ConformanceIT() {
        super("incus7");
    }

    static boolean isWanted() {
        return RealServer.isWanted("incus7");
    }
}
