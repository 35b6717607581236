package io.boshcpi.lxd.fake;

import io.boshcpi.lxd.fake.model.Dialect;
import org.junit.jupiter.api.Tag;

/** The client's contract on an imitated Incus over its Unix socket. */
@Tag("fake")
class FakeIncusUnixClientTest extends FakeClientContract {
    FakeIncusUnixClientTest() {
        super(Dialect.INCUS, false);
    }
}
