package io.boshcpi.lxd.fake;

import org.junit.jupiter.api.Tag;

import io.boshcpi.lxd.fake.model.Dialect;

/** The client's contract on an imitated Incus over its Unix socket. */
@Tag("fake")
class FakeIncusUnixClientTest extends FakeClientContract {
    FakeIncusUnixClientTest() {
        super(Dialect.INCUS, false);
    }
}
