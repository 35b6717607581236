package io.boshcpi.lxd.fake;

import io.boshcpi.lxd.fake.model.Dialect;

/** The client's contract on an imitated Lxd over its Unix socket. */
class FakeLxdUnixClientTest extends FakeClientContract {
    FakeLxdUnixClientTest() {
        super(Dialect.LXD, false);
    }
}
