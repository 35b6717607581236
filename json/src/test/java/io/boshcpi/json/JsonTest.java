package io.boshcpi.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    @Test
    void everyKindOfValueComesBackAsItWasWritten() throws MalformedJsonException {
        List<Object> values = Arrays.asList(
                "ä\n\"\u2028",
                true,
                null,
                7,
                1L << 40,
                BigInteger.TEN.pow(30),
                new BigDecimal("1.50"),
                Map.of("a", List.of()));

        assertThat(Json.read(Json.writeBytes(values))).isEqualTo(values);
        assertThat(Json.read(Json.write(values).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(values);
    }

    @Test
    void theLastOfTwoEqualKeysWins() throws MalformedJsonException {
        assertThat(Json.readObject(bytes("{\"a\":1,\"a\":2}"))).isEqualTo(Map.of("a", 2));
    }

    @Test
    void aValueOfAnotherTypeIsWrittenAsItsText() {
        assertThat(Json.write(Map.of("path", new StringBuilder("/tmp")))).isEqualTo("{\"path\":\"/tmp\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "##|is empty",
                "{\"a\":|is not valid JSON: it ends too early (line 1, column 6)",
                "{a}|is not valid JSON: it is malformed (line 1, column 2)",
                "{} x|is not valid JSON: it is malformed (line 1, column 4)",
                "{} {}|is followed by something after the end of its JSON document",
                "\uFEFF{}|begins with a byte order mark, which is not JSON"
            })
    void whatIsNotJsonIsRefusedByPlaceAndNeverQuoted(String document, String message) {
        assertThatThrownBy(() -> Json.read(bytes(document)))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage(message);
    }

    @Test
    void brokenUtf8IsRefused() {
        assertThatThrownBy(() -> Json.read(new byte[] {'"', (byte) 0xff, '"'})).hasMessage("is not valid UTF-8");
    }

    @Test
    void nestingThatWouldExhaustTheStackIsRefused() {
        assertThatThrownBy(() -> Json.read(bytes("[".repeat(100_000))))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("nested too deeply");
    }

    @Test
    void aStreamHoldsOneObjectAndNothingElse() throws IOException {
        assertThat(Json.readObject(new ByteArrayInputStream(bytes("{\"a\":{\"b\":1}}"))))
                .isEqualTo(Map.of("a", Map.of("b", 1)));
        assertThatThrownBy(() -> Json.readObject(new ByteArrayInputStream(bytes("[]"))))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage("is not a JSON object");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
