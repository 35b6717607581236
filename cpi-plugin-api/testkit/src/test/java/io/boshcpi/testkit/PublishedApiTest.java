package io.boshcpi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.boshcpi.spi.SpiVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedApiTest {
    @Test
    void theSpiIsTheOneThatWasAgreedOn() throws IOException {
        PublishedApi.of(SpiVersion.class).assertMatches(Path.of("../api.txt"));
    }

    @Test
    void everythingThatIsPublishedHasAStatus() throws IOException {
        assertThat(PublishedApi.of(SpiVersion.class).text().lines())
                .filteredOn(line -> !line.isEmpty() && !line.startsWith(" ") && !line.startsWith("package"))
                .isNotEmpty()
                .allMatch(line -> line.contains("$") || line.endsWith("]"));
    }

    @Test
    void aChangeIsShown(@TempDir Path folder) throws IOException {
        PublishedApi api = PublishedApi.of(SpiVersion.class);
        Path agreed = Files.writeString(folder.resolve("api.txt"), api.text().replace("CURRENT", "LATEST"));

        String write = System.clearProperty("api.write"); // This test runs beside one that may be told to write.
        try {
            assertThatThrownBy(() -> api.assertMatches(agreed))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("api.write");
        } finally {
            if (write != null) {
                System.setProperty("api.write", write);
            }
        }
    }
}
