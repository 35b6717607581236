package io.boshcpi.lxd.fake;

import io.boshcpi.lxd.fake.model.Dialect;
import org.junit.jupiter.api.Tag;

/** The client's contract on an imitated Lxd over its Unix socket. */
@Tag("fake")
class FakeLxdUnixClientTest extends FakeClientContract {
    FakeLxdUnixClientTest() {
        super(Dialect.LXD, false);
    }
}
