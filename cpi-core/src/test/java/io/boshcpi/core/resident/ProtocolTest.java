package io.boshcpi.core.resident;

import static org.assertj.core.api.Assertions.assertThat;

import io.boshcpi.core.rpc.Documents;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The host's side of the vectors in {@code distribution/launcher/vectors.json}, which the launcher passes too. */
class ProtocolTest {
    private static final int PREAMBLE = Protocol.MAGIC.length + Integer.BYTES;

    private static List<?> vectors(String kind) throws IOException {
        try (InputStream file = ProtocolTest.class.getResourceAsStream("/vectors.json")) {
            Map<?, ?> vectors = (Map<?, ?>) Objects.requireNonNull(
                    Documents.read("vectors.json", Objects.requireNonNull(file).readAllBytes()));
            return (List<?>) Objects.requireNonNull(vectors.get(kind));
        }
    }

    static List<?> greetings() throws IOException {
        return vectors("greetings");
    }

    static List<?> questions() throws IOException {
        return vectors("questions");
    }

    static List<?> frames() throws IOException {
        return vectors("frames");
    }

    private static byte[] bytes(Map<?, ?> vector) {
        return HexFormat.of().parseHex(text(vector, "hex"));
    }

    private static String text(Map<?, ?> vector, String key) {
        @Nullable Object value = vector.get(key);
        return String.valueOf(value);
    }

    @ParameterizedTest
    @MethodSource("greetings")
    void aGreetingIsUnderstood(Map<?, ?> vector) {
        byte[] bytes = bytes(vector);

        Greeting greeting = Greeting.parse(bytes, PREAMBLE, bytes.length - PREAMBLE);

        assertThat(bytes).startsWith(Protocol.MAGIC);
        assertThat(greeting)
                .isNotNull()
                .satisfies(read -> assertThat(List.of(
                                read.build(),
                                read.home(),
                                read.configuration(),
                                read.state(),
                                read.folder(),
                                read.size().bytes() + ":" + read.size().values()))
                        .isEqualTo(vector.get("fields")));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void aQuestionForTheStatusIsUnderstoodAndWritten(Map<?, ?> vector) {
        byte[] bytes = bytes(vector);

        StatusRequest question = StatusRequest.parse(bytes, PREAMBLE, bytes.length - PREAMBLE);

        assertThat(bytes).startsWith(Protocol.STATUS_MAGIC);
        assertThat(question)
                .isNotNull()
                .satisfies(read -> assertThat(List.of(
                                read.format().wireName(),
                                read.greeting().build(),
                                read.greeting().home(),
                                read.greeting().configuration(),
                                read.greeting().state()))
                        .isEqualTo(vector.get("fields")))
                .satisfies(read -> assertThat(read.toBytes()).isEqualTo(bytes));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void aFrameIsWritten(Map<?, ?> vector) {
        byte[] content = text(vector, "content").getBytes(StandardCharsets.UTF_8);
        byte kind = (byte) text(vector, "kind").charAt(0);

        byte[] frame = Protocol.frame(kind, content, 0, content.length).array();

        assertThat(frame).isEqualTo(bytes(vector));
        assertThat(List.of(Protocol.ACCEPTED, Protocol.REFUSED, Protocol.LOG, Protocol.RESPONSE, Protocol.END))
                .contains(kind);
    }
}
