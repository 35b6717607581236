package io.boshcpi.lxd.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.lxd.testkit.Dialect;
import io.boshcpi.spi.StemcellCid;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** LXD lost the process through which it enters a container's file system; each test waits until that one would be gone. */
final class LostFileHelperTest {
    private static final String LOST = "dial unix /proc/self/fd/47/forkfile.sock: connect: no such file or directory";

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void aFileIsAskedForAgain(String method) throws IOException {
        try (OnFakeLxd cloud = new OnFakeLxd(Dialect.LXD)) {
            StemcellCid stemcell = cloud.stemcell();
            cloud.lxd.faults().on(method, "/1.0/instances/[^/]*/files").fail(500, LOST);

            assertThat(cloud.vm(stemcell, Map.of())).isNotNull();
        }
    }
}
