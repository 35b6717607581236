package io.boshcpi.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordBinderTest {
    enum Mode {
        FAST,
        VERY_SLOW
    }

    record Inner(String name) {
        Inner {
            if (name.isEmpty()) {
                throw CpiException.badRequest("The inner name is empty");
            }
            if (name.equals("bug")) {
                throw new IllegalStateException("a bug");
            }
        }
    }

    record Outer(
            String rootDisk,
            int count,
            long size,
            boolean on,
            Secret phrase,
            Mode mode,
            Inner inner,
            Optional<Integer> maybe,
            Optional<Inner> maybeInner,
            List<Inner> inners,
            Map<String, Long> sizes,
            PropertyTree rest) {}

    private static Map<String, Object> complete() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("root_disk", "sda");
        values.put("count", 3);
        values.put("size", 1L << 40);
        values.put("on", true);
        values.put("phrase", "hush");
        values.put("mode", "very_slow");
        values.put("inner", Map.of("name", "one"));
        return values;
    }

    private static Outer bind(Map<String, Object> values) {
        return PropertyTree.of("props", values).bind(Outer.class);
    }

    @Test
    void componentsTakeTheKeysInSnakeCase() {
        Outer outer = bind(complete());
        assertThat(outer.rootDisk()).isEqualTo("sda");
        assertThat(outer.count()).isEqualTo(3);
        assertThat(outer.size()).isEqualTo(1L << 40);
        assertThat(outer.on()).isTrue();
        assertThat(outer.phrase()).isEqualTo(new Secret("hush")).hasToString("<redacted>");
        assertThat(outer.mode()).isEqualTo(Mode.VERY_SLOW);
        assertThat(outer.inner()).isEqualTo(new Inner("one"));
    }

    @Test
    void optionalsListsMapsAndTreesMayBeAbsent() {
        Outer outer = bind(complete());
        assertThat(outer.maybe()).isEmpty();
        assertThat(outer.maybeInner()).isEmpty();
        assertThat(outer.inners()).isEmpty();
        assertThat(outer.sizes()).isEmpty();
        assertThat(outer.rest().isEmpty()).isTrue();
        assertThat(outer.rest().path()).isEqualTo("props.rest");
    }

    @Test
    void optionalsListsMapsAndTreesAreBound() {
        Map<String, Object> values = complete();
        values.put("maybe", 7);
        values.put("maybe_inner", Map.of("name", "two"));
        values.put("inners", List.of(Map.of("name", "three")));
        values.put("sizes", Map.of("a", 1, "b", 2L));
        values.put("rest", Map.of("any", "thing"));
        Outer outer = bind(values);
        assertThat(outer.maybe()).hasValue(7);
        assertThat(outer.maybeInner()).hasValue(new Inner("two"));
        assertThat(outer.inners()).containsExactly(new Inner("three"));
        assertThat(outer.sizes()).isEqualTo(Map.of("a", 1L, "b", 2L));
        assertThat(outer.rest().string("any")).hasValue("thing");
    }

    static List<Arguments> wrong() {
        return List.of(
                Arguments.of("root_disk", null, "props.root_disk is missing"),
                Arguments.of("root_disk", List.of(), "props.root_disk must be a string, but is a list"),
                Arguments.of("count", "3", "props.count must be a whole number, but is a string"),
                Arguments.of("count", 1L << 40, "props.count is 1099511627776, which is out of range"),
                Arguments.of("on", "yes", "props.on must be true or false, but is a string"),
                Arguments.of("mode", "slow", "props.mode is not one of fast, very_slow"),
                Arguments.of("mode", "FAST", "props.mode is not one of fast, very_slow"),
                Arguments.of("inner", "one", "props.inner must be a hash, but is a string"),
                Arguments.of("inner", Map.of(), "props.inner.name is missing"),
                Arguments.of("inner", Map.of("name", ""), "The inner name is empty"),
                Arguments.of("inners", Map.of(), "props.inners must be a list, but is a hash"),
                Arguments.of("sizes", Map.of("a", "b"), "props.sizes.a must be a whole number, but is a string"),
                Arguments.of(
                        "inner",
                        Map.of("name", "x", "nam", "y"),
                        "props.inner.nam is not known here; did you mean name? (known are name)"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongIsToldWithItsPlace(String key, Object value, String message) {
        Map<String, Object> values = complete();
        values.put(key, value);
        assertThatThrownBy(() -> bind(values)).isInstanceOf(CpiException.class).hasMessage(message);
    }

    @Test
    void anElementOfAListIsNamedByItsIndex() {
        Map<String, Object> values = complete();
        values.put("inners", Arrays.asList(Map.of("name", "x"), "y"));
        assertThatThrownBy(() -> bind(values)).hasMessageContaining("inners[1] must be a hash, but is a string");
    }

    @Test
    void keysThatSomebodyElseReadsAreLeftAlone() {
        PropertyTree tree = PropertyTree.of("props", Map.of("name", "x", "devices", Map.of()));
        assertThat(tree.bind(Inner.class, Set.of("devices"))).isEqualTo(new Inner("x"));
        assertThatThrownBy(() -> tree.bind(Inner.class)).hasMessageContaining("props.devices is not known here");
    }

    @Test
    void aFaultOfTheRecordItselfIsNoFaultOfTheOperators() {
        assertThatThrownBy(() -> PropertyTree.of("", Map.of("name", "bug")).bind(Inner.class))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("a bug");
    }

    record Percent(int value) {
        static Percent parse(String text) {
            if (!text.endsWith("%")) {
                throw new IllegalArgumentException("it ends in %");
            }
            return new Percent(Integer.parseInt(text.substring(0, text.length() - 1)));
        }
    }

    record Limits(double ratio, Duration timeout, Mode mode, Percent share, List<Percent> steps) {}

    private static final Options LIMITS = Options.of(
            Option.of("ratio", Option.Kind.DECIMAL, "a ratio").withDefault(1.5),
            Option.duration("timeout", "a timeout").withDefault("30s"),
            Option.string("mode", "a mode").withAllowed("fast", "very-slow").withDefault("very-slow"),
            Option.string("share", "a share").withDefault("10%"),
            Option.integer("passed_on", "a number for the server").withRange(1, 5));

    private static Limits limits(Map<String, ?> values) {
        return PropertyTree.of("props", values).bind(Limits.class, LIMITS);
    }

    @Test
    void defaultsStandInForAbsentKeys() {
        assertThat(limits(Map.of()))
                .isEqualTo(new Limits(1.5, Duration.ofSeconds(30), Mode.VERY_SLOW, new Percent(10), List.of()));
    }

    @Test
    void durationsDecimalsDashesAndOwnTypesAreBound() {
        assertThat(limits(Map.of(
                        "ratio",
                        2,
                        "timeout",
                        "5m",
                        "mode",
                        "fast",
                        "share",
                        "7%",
                        "steps",
                        List.of("1%", "2%"),
                        "passed_on",
                        5)))
                .isEqualTo(new Limits(
                        2, Duration.ofMinutes(5), Mode.FAST, new Percent(7), List.of(new Percent(1), new Percent(2))));
    }

    static List<Arguments> wrongLimits() {
        return List.of(
                Arguments.of("ratio", "x", "props.ratio must be a number, but is a string"),
                Arguments.of("timeout", 30, "props.timeout must be a duration such as 500ms, 30s, 5m, 2h or 1d"),
                Arguments.of("timeout", "30", "props.timeout must be a duration such as 500ms, 30s, 5m, 2h or 1d"),
                Arguments.of("mode", "slow", "props.mode is not one of fast, very-slow"),
                Arguments.of("share", "7", "props.share is wrong: it ends in %"),
                Arguments.of("passed_on", 6, "props.passed_on is 6, but must be 1 to 5"),
                Arguments.of(
                        "rati",
                        1,
                        "props.rati is not known here; did you mean ratio? (known are mode, passed_on, ratio, share,"
                                + " steps, timeout)"));
    }

    @ParameterizedTest
    @MethodSource("wrongLimits")
    void whatAnOptionDoesNotAllowIsToldWithItsPlace(String key, Object value, String message) {
        assertThatThrownBy(() -> limits(Map.of(key, value)))
                .isInstanceOf(CpiException.class)
                .hasMessage(message);
    }

    @Test
    void aDefaultThatItsOwnOptionWouldRefuseIsAFaultOfTheAuthor() {
        assertThatThrownBy(() -> Option.integer("n", "a number").withRange(1, 5).withDefault(6))
                .hasMessageContaining("n is 6, but must be 1 to 5");
    }

    @Test
    void twoOptionsOfOneNameAreAFaultOfTheAuthor() {
        assertThatThrownBy(() -> LIMITS.and(Option.string("mode", "again")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Two options have the name mode");
    }

    @Test
    void aRequiredOptionIsMissedByName() {
        Options options = Options.of(Option.string("name", "a name").required());
        assertThatThrownBy(() -> options.check(PropertyTree.empty("props"))).hasMessage("props.name is missing");
    }
}
