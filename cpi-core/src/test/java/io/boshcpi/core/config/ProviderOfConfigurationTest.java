package io.boshcpi.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of several providers serves a call. */
class ProviderOfConfigurationTest {
    private static final Map<String, String> TWO = Map.of("red", "the red one", "blue", "the blue one");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"provider\": \"red\"}                          | the red one",
                "{\"provider\": \"red\", \"blue\": {}}            | the red one",
                "{\"provider\": \"red\", \"blue\": {}, \"red\": {}} | the red one",
                "{\"blue\": {}}                                   | the blue one",
            })
    void aProviderIsNamedOrTheOnlyOneWithASection(String json, String provider) throws IOException {
        assertThat(configuration(json).provider(TWO, "")).isEqualTo(provider);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"red\": {}, \"blue\": {}}", "{\"provider\": \"green\"}"})
    void whatLeavesTheProviderOpenIsRefused(String json) throws IOException {
        Configuration configuration = configuration(json);
        assertThatThrownBy(() -> configuration.provider(TWO, ""))
                .hasMessage("configuration.provider must be one of blue, red");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{}                                  | the red one",
                "{\"red\": {}, \"blue\": {}}         | the red one",
                "{\"blue\": {}}                      | the blue one",
                "{\"provider\": \"blue\", \"red\": {}} | the blue one",
            })
    void theProductsOwnIsTheLastResort(String json, String provider) throws IOException {
        assertThat(configuration(json).provider(TWO, "red")).isEqualTo(provider);
    }

    @Test
    void theOnlyProviderNeedsNoSection() throws IOException {
        assertThat(configuration("{}").provider(Map.of("red", "the red one"), ""))
                .isEqualTo("the red one");
    }

    private Configuration configuration(String json) throws IOException {
        return Configuration.read(Files.writeString(folder.resolve("cpi.json"), json));
    }
}
