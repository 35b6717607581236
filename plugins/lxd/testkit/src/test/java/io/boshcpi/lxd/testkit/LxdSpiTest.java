package io.boshcpi.lxd.testkit;

import io.boshcpi.lxd.spi.LxdSpiVersion;
import io.boshcpi.testkit.PublishedApi;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LxdSpiTest {
    @Test
    void theLxdSpiIsTheOneThatWasAgreedOn() throws IOException {
        PublishedApi.of(LxdSpiVersion.class).assertMatches(Path.of("../api/api.txt"));
    }

    @Test
    void theContractsAreThoseThatWereAgreedOn() throws IOException {
        PublishedApi.of(StorageDriverContract.class).assertMatches(Path.of("api.txt"));
    }
}
