package io.boshcpi.lxd.fake;

import io.boshcpi.lxd.fake.model.Dialect;

/** The client's contract on an imitated Incus over its Unix socket. */
class FakeIncusUnixClientTest extends FakeClientContract {
    FakeIncusUnixClientTest() {
        super(Dialect.INCUS, false);
    }
}
