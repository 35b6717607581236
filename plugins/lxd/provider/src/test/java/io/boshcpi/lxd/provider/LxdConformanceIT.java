package io.boshcpi.lxd.provider;

import io.boshcpi.lxd.fake.RealServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

@Tag("server")
@Tag("lxd")
@EnabledIf("isWanted")
final class LxdConformanceIT extends RealServerConformance {
    LxdConformanceIT() {
        super("lxd");
    }

    static boolean isWanted() {
        return RealServer.isWanted("lxd");
    }
}
