package io.boshcpi.spi;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** The options that a hash can have, in the order of their declaration. Immutable. */
@API(status = API.Status.STABLE, since = "1.0")
public final class Options {
    private static final Options NONE = new Options(Map.of());

    private final Map<String, Option> byName;

    private Options(Map<String, Option> byName) {
        this.byName = byName;
    }

    /** No options. */
    public static Options none() {
        return NONE;
    }

    /**
     * Some options.
     *
     * @throws IllegalArgumentException if two have the same name
     */
    public static Options of(Option... options) {
        return NONE.and(options);
    }

    /**
     * These options and more.
     *
     * @throws IllegalArgumentException if two have the same name
     */
    public Options and(Option... more) {
        Map<String, Option> all = new LinkedHashMap<>(byName);
        for (Option option : more) {
            if (all.put(option.name(), option) != null) {
                throw new IllegalArgumentException("Two options have the name " + option.name());
            }
        }
        return new Options(Collections.unmodifiableMap(all));
    }

    /**
     * These options and others.
     *
     * @throws IllegalArgumentException if both have one of the same name
     */
    public Options and(Options more) {
        return and(more.byName.values().toArray(new Option[0]));
    }

    /** The options, in their order. */
    public List<Option> asList() {
        return List.copyOf(byName.values());
    }

    /** The names of the options, in their order. */
    public Set<String> names() {
        return byName.keySet();
    }

    /** Whether there is no option. */
    public boolean isEmpty() {
        return byName.isEmpty();
    }

    /**
     * Checks a hash: that it has no other keys than these options and the known ones, none that is required is missing, and
     * each value is as the option says.
     *
     * @param others keys that are known although no option here has their name
     * @throws CpiException that names the place, what is wrong and what would be right
     */
    public void check(PropertyTree tree, Collection<String> others) {
        for (String key : tree.keys()) {
            if (!byName.containsKey(key) && !others.contains(key)) {
                Set<String> known = new LinkedHashSet<>(byName.keySet());
                known.addAll(others);
                throw tree.unknown(key, known);
            }
        }
        for (Option option : byName.values()) {
            option.check(tree);
        }
    }

    /** Checks a hash that has no other keys than these options. */
    public void check(PropertyTree tree) {
        check(tree, Set.of());
    }

    /**
     * The values that a hash has for these options, as the strings that a server takes: {@code 3} becomes {@code "3"}.
     * Options whose key is absent are left out, whatever their default.
     */
    public Map<String, String> values(PropertyTree tree) {
        Map<String, String> values = new TreeMap<>();
        for (String name : byName.keySet()) {
            if (tree.has(name)) {
                values.put(name, tree.string(name).orElse(""));
            }
        }
        return values;
    }

    /** The hash with the defaults of these options in the place of absent keys. */
    PropertyTree withDefaults(PropertyTree tree) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(tree.asMap());
        for (Option option : byName.values()) {
            if (!tree.has(option.name()) && option.defaultValue().isPresent()) {
                values.put(option.name(), option.defaultValue().get());
            }
        }
        return PropertyTree.of(tree.path(), values);
    }

    @Override
    public String toString() {
        return byName.keySet().toString();
    }
}
