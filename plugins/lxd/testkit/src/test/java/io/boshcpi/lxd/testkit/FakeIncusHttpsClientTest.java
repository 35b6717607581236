package io.boshcpi.lxd.testkit;

/** The client's contract on an imitated Incus over HTTPS. */
class FakeIncusHttpsClientTest extends FakeClientContract {
    FakeIncusHttpsClientTest() {
        super(Dialect.INCUS, true);
    }
}
