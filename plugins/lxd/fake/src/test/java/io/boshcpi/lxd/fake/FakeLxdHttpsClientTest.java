package io.boshcpi.lxd.fake;

/** The client's contract on an imitated Lxd over HTTPS. */
class FakeLxdHttpsClientTest extends FakeClientContract {
    FakeLxdHttpsClientTest() {
        super(Dialect.LXD, true);
    }
}
