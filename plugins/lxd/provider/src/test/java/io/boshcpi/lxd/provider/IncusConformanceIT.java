package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.fake.RealServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

@Tag("server")
@Tag("incus")
@EnabledIf("isWanted")
final class IncusConformanceIT extends RealServerConformance {
    IncusConformanceIT() {
        super("incus");
    }

    static boolean isWanted() {
        return RealServer.isWanted("incus");
    }
}
