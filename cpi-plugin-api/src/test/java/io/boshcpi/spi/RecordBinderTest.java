package io.boshcpi.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void components_take_the_keys_in_snake_case() {
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
    void optionals_lists_maps_and_trees_may_be_absent() {
        Outer outer = bind(complete());
        assertThat(outer.maybe()).isEmpty();
        assertThat(outer.maybeInner()).isEmpty();
        assertThat(outer.inners()).isEmpty();
        assertThat(outer.sizes()).isEmpty();
        assertThat(outer.rest().isEmpty()).isTrue();
        assertThat(outer.rest().path()).isEqualTo("props.rest");
    }

    @Test
    void optionals_lists_maps_and_trees_are_bound() {
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
    void what_is_wrong_is_told_with_its_place(String key, Object value, String message) {
        Map<String, Object> values = complete();
        values.put(key, value);
        assertThatThrownBy(() -> bind(values)).isInstanceOf(CpiException.class).hasMessage(message);
    }

    @Test
    void an_element_of_a_list_is_named_by_its_index() {
        Map<String, Object> values = complete();
        values.put("inners", Arrays.asList(Map.of("name", "x"), "y"));
        assertThatThrownBy(() -> bind(values)).hasMessageContaining("inners[1] must be a hash, but is a string");
    }

    @Test
    void keys_that_somebody_else_reads_are_left_alone() {
        PropertyTree tree = PropertyTree.of("props", Map.of("name", "x", "devices", Map.of()));
        assertThat(tree.bind(Inner.class, Set.of("devices"))).isEqualTo(new Inner("x"));
        assertThatThrownBy(() -> tree.bind(Inner.class)).hasMessageContaining("props.devices is not known here");
    }

    @Test
    void a_fault_of_the_record_itself_is_no_fault_of_the_operators() {
        assertThatThrownBy(() -> PropertyTree.of("", Map.of("name", "bug")).bind(Inner.class))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("a bug");
    }
}
