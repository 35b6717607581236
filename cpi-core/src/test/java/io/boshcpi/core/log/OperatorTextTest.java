package io.boshcpi.core.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PKIX path building failed: sun.security.SunCertPathBuilderException: no valid path"
                        + " | PKIX path building failed: no valid path",
                "cannot read it: java.io.IOException | cannot read it: I/O failure",
                "java.lang.NullPointerException | null pointer",
                "see java.nio.channels.ClosedChannelException. | see closed channel.",
                "io.x.Outer$InnerException: a: b.CError: c | a: c",
                "Exception in thread | Exception in thread",
                "api.example.com/Error | api.example.com/Error",
                "io.boshcpi.spi.ProviderFactory is missing; see Error.txt | io.boshcpi.spi.ProviderFactory is missing; see Error.txt"
            })
    void namesOfExceptionsAreNoWordsForAnOperator(String text, String expected) {
        assertThat(OperatorText.withoutClassNames(text)).isEqualTo(expected);
    }

    @Test
    void aFailureWithoutAMessageIsToldByItsKind() {
        assertThat(OperatorText.of(new ClosedChannelException())).isEqualTo("closed channel");
        assertThat(OperatorText.of(new IOException())).isEqualTo("I/O failure");
        assertThat(OperatorText.of(new StackOverflowError())).isEqualTo("stack overflow");
        assertThat(OperatorText.of(new Exception())).isEqualTo("failure");
    }

    @Test
    void aFileThatCannotBeReadIsToldWithTheReason() {
        assertThat(OperatorText.of(new NoSuchFileException("/a"))).isEqualTo("/a: no such file");
        assertThat(OperatorText.of(new AccessDeniedException("/a"))).isEqualTo("/a: permission denied");
    }

    @Test
    void theCausesStandBelowEachOther() {
        Exception failure = new IllegalStateException("all", new IOException("inner", new ClosedChannelException()));
        failure.addSuppressed(new IOException("clean-up"));
        assertThat(OperatorText.causes(failure))
                .containsExactly("  besides: clean-up", "  because: inner", "  because: closed channel");
    }

    @Test
    void whatCannotBeSeenOrChangesTheDirectionIsEscaped() {
        assertThat(OperatorText.printable("a\u0000\t\n\u007f\u0085\u009b\u2028\u2029\u202a\u202e\u2066\u2069\u200fz"))
                .isEqualTo("a\\u0000\\t\\n\\u007f\\u0085\\u009b\\u2028\\u2029\\u202a\\u202e\\u2066\\u2069\\u200fz");
        assertThat(OperatorText.printable("größe ✓ 日本 🙂")).isEqualTo("größe ✓ 日本 🙂");
    }

    @Test
    void ofALongTextTheBeginningAndTheEndStay() {
        assertThat(OperatorText.shortened("a".repeat(50) + "b".repeat(50), 40, "more"))
                .isEqualTo("a".repeat(30) + " [… more …] " + "b".repeat(10));
        assertThat(OperatorText.shortened("short", 5, "more")).isEqualTo("short");
    }
}
