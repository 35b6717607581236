package io.boshcpi.lxd.fake;

import org.junit.jupiter.api.Tag;

import io.boshcpi.lxd.fake.model.Dialect;

/** The client's contract on an imitated Incus over HTTPS. */
@Tag("fake")
class FakeIncusHttpsClientTest extends FakeClientContract {
    FakeIncusHttpsClientTest() {
        super(Dialect.INCUS, true);
    }
}
