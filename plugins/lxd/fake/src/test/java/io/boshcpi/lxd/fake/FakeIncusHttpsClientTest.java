package io.boshcpi.lxd.fake;

import io.boshcpi.lxd.fake.model.Dialect;

/** The client's contract on an imitated Incus over HTTPS. */
class FakeIncusHttpsClientTest extends FakeClientContract {
    FakeIncusHttpsClientTest() {
        super(Dialect.INCUS, true);
    }
}
