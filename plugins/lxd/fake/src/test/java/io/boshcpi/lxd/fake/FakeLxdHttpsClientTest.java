package io.boshcpi.lxd.fake;

import io.boshcpi.lxd.fake.model.Dialect;
import org.junit.jupiter.api.Tag;

/** The client's contract on an imitated Lxd over HTTPS. */
@Tag("fake")
class FakeLxdHttpsClientTest extends FakeClientContract {
    FakeLxdHttpsClientTest() {
        super(Dialect.LXD, true);
    }
}
