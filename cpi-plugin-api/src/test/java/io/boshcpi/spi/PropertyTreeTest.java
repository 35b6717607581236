package io.boshcpi.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PropertyTreeTest {
    private static PropertyTree tree(@Nullable Object value) {
        return PropertyTree.of("props", Collections.singletonMap("key", value));
    }

    private static void assertRefused(ThrowingCallable work, String message) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(CpiException.class, e -> {
                    assertThat(e.type()).isEqualTo(ErrorType.CPI_ERROR);
                    assertThat(e.okToRetry()).isFalse();
                })
                .hasMessage(message);
    }

    @Test
    void aKeyWithoutAValueIsAbsent() {
        PropertyTree tree = tree(null);
        assertThat(tree.has("key")).isFalse();
        assertThat(tree.isEmpty()).isTrue();
        assertThat(tree.string("key")).isEmpty();
        assertThat(tree.integer("key")).isEmpty();
        assertThat(tree.bool("key")).isEmpty();
        assertThat(tree.strings("key")).isEmpty();
        assertThat(tree.section("key").isEmpty()).isTrue();
    }

    @Test
    void aStringTakesNumbersAndBooleansAsTheyAreWritten() {
        assertThat(tree("text").string("key")).hasValue("text");
        assertThat(tree(5).string("key")).hasValue("5");
        assertThat(tree(new BigDecimal("1.50")).string("key")).hasValue("1.50");
        assertThat(tree(true).string("key")).hasValue("true");
        assertRefused(() -> tree(List.of()).string("key"), "props.key must be a string, but is a list");
        assertRefused(() -> tree(Map.of()).string("key"), "props.key must be a string, but is a hash");
    }

    @Test
    void aWholeNumberIsNothingElse() {
        assertThat(tree(5).integer("key")).hasValue(5L);
        assertThat(tree(1L << 40).integer("key")).hasValue(1L << 40);
        assertRefused(() -> tree("5").integer("key"), "props.key must be a whole number, but is a string");
        for (Number wrong : List.of(new BigDecimal("5.0"), BigInteger.TEN.pow(30))) {
            assertRefused(
                    () -> tree(wrong).integer("key"),
                    "props.key must be a whole number, but is a number that is out of range or not whole");
        }
    }

    @Test
    void aBooleanIsNothingElse() {
        assertThat(tree(false).bool("key")).hasValue(false);
        assertRefused(() -> tree("true").bool("key"), "props.key must be true or false, but is a string");
    }

    @Test
    void aListOfStringsHoldsScalarsOnly() {
        assertThat(tree(List.of("a", 1, true)).strings("key")).containsExactly("a", "1", "true");
        assertRefused(() -> tree("a").strings("key"), "props.key must be a list of strings, but is a string");
        assertRefused(
                () -> tree(Arrays.asList("a", null)).strings("key"),
                "props.key must be a list of strings, but holds null");
    }

    @Test
    void aSectionKnowsWhereItStands() {
        PropertyTree section =
                tree(Map.of("inner", Map.of("leaf", List.of()))).section("key").section("inner");
        assertThat(section.path()).isEqualTo("props.key.inner");
        assertRefused(() -> section.string("leaf"), "props.key.inner.leaf must be a string, but is a list");
        assertThat(PropertyTree.empty("").pathOf("key")).isEqualTo("key");
    }

    @Test
    void itIsACopyAndShowsNoValues() {
        Map<String, Object> values = new LinkedHashMap<>(Map.of("key", "secret"));
        PropertyTree tree = PropertyTree.of("props", values);
        values.put("other", 1);
        assertThat(tree.keys()).containsExactly("key");
        assertThat(tree).hasToString("props[key]");
        assertThat(tree.without(Set.of("key")).isEmpty()).isTrue();
    }

    @Test
    void anUnknownKeyIsNamedWithTheNearestKnownOne() {
        Set<String> known = Set.of("ephemeral_disk", "root_disk", "cpu");
        assertThat(tree(1).unknown("ephemeral_dsik", known))
                .hasMessage("props.ephemeral_dsik is not known here; did you mean ephemeral_disk?"
                        + " (known are cpu, ephemeral_disk, root_disk)");
        assertThat(tree(1).unknown("something", known))
                .hasMessage("props.something is not known here; known are cpu, ephemeral_disk, root_disk");
        assertThat(tree(1).unknown("x", Set.of())).hasMessage("props.x is not known here; nothing is expected there");
    }
}
