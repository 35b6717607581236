package io.boshcpi.lxd.fake;

import io.boshcpi.lxd.fake.model.Dialect;
import org.junit.jupiter.api.Tag;

/** The client's contract on an imitated Incus over HTTPS. */
@Tag("fake")
class FakeIncusHttpsClientTest extends FakeClientContract {
    FakeIncusHttpsClientTest() {
        super(Dialect.INCUS, true);
    }
}
