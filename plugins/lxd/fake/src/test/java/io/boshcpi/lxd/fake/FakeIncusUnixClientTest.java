package io.boshcpi.lxd.fake;

/** The client's contract on an imitated Incus over its Unix socket. */
class FakeIncusUnixClientTest extends FakeClientContract {
    FakeIncusUnixClientTest() {
        super(Dialect.INCUS, false);
    }
}
