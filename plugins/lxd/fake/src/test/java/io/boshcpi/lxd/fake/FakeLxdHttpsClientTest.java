package io.boshcpi.lxd.fake;

import io.boshcpi.lxd.fake.model.Dialect;

/** The client's contract on an imitated Lxd over HTTPS. */
class FakeLxdHttpsClientTest extends FakeClientContract {
    FakeLxdHttpsClientTest() {
        super(Dialect.LXD, true);
    }
}
