package io.boshcpi.spi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A hash that an operator wrote (a section of the configuration, cloud properties) together with where it stands, so
 * that each error can name the place: {@code cloud_properties.devices.gpu0.type is missing}.
 *
 * <p>Values are those of JSON: {@link String}, {@link Boolean}, {@link Number}, {@link List}, {@link Map} and
 * {@code null}; a key whose value is {@code null} counts as absent. Immutable.
 *
 * <p>Every call of the Director passes here, most of them in a process of their own: hence loops, where the first lambda
 * of a process would cost more than all the rest.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class PropertyTree {
    private final String path;
    private final Map<String, @Nullable Object> values;

    private PropertyTree(String path, Map<String, @Nullable Object> values) {
        this.path = path;
        this.values = values;
    }

    /**
     * Takes a copy of a hash.
     *
     * @param path where the hash stands, such as {@code "cloud_properties"}; the empty string for the top
     * @param values key to JSON value
     */
    public static PropertyTree of(String path, Map<String, ? extends @Nullable Object> values) {
        return new PropertyTree(path, Collections.unmodifiableMap(new LinkedHashMap<>(values)));
    }

    /** An empty hash. */
    public static PropertyTree empty(String path) {
        return of(path, Map.of());
    }

    /**
     * Makes a record of the hash.
     *
     * <p>A component {@code rootDisk} takes the key {@code root_disk}. Its type decides what is accepted:
     *
     * <ul>
     *   <li>{@code String}, {@code int}, {@code long}, {@code double}, {@code boolean} and {@link Secret}
     *   <li>{@link Duration}, written as {@link #duration} says
     *   <li>an enum: its constants in lower case, with dashes or underscores: {@code read-only}
     *   <li>a record: a nested hash
     *   <li>{@code PropertyTree}: a nested hash as it is
     *   <li>a type of your own that has a {@code static T parse(String)}: what it throws as {@link
     *       IllegalArgumentException} or {@link CpiException} reaches the operator
     *   <li>{@link List} and {@link Map} of these
     * </ul>
     *
     * <p>A {@link List}, a {@link Map}, a {@code PropertyTree} or an {@link Optional} may be absent, everything else is
     * required unless an {@link Option} has a default for it; see {@link #bind(Class, Options)}. What the record's
     * constructor throws as {@link CpiException} reaches the operator.
     *
     * @throws CpiException {@link ErrorType#CPI_ERROR} that names the place and what would be right: an unknown key
     *     (with the nearest known one), a missing one, or a value of another type
     */
    public <T extends Record> T bind(Class<T> type) {
        return bind(type, Set.of());
    }

    /**
     * Makes a record of the hash and leaves the keys alone that somebody else reads.
     *
     * @param others keys that are known although the record has none of them
     */
    public <T extends Record> T bind(Class<T> type, Set<String> others) {
        return RecordBinder.bind(this, type, others);
    }

    /**
     * Makes a record of the hash as {@link #bind(Class)} does, after checking the hash with some options: their defaults
     * stand in for absent keys, and keys of options that the record has no component for are left alone.
     *
     * @throws CpiException as {@link Options#check(PropertyTree)} and {@link #bind(Class)} say
     */
    public <T extends Record> T bind(Class<T> type, Options options) {
        options.check(this, keysOf(type));
        return RecordBinder.bind(options.withDefaults(this), type, options.names());
    }

    /**
     * The keys that a hash can have which is bound to that record, in the record's order: {@code rootDisk} is
     * {@code root_disk}.
     */
    public static Set<String> keysOf(Class<? extends Record> type) {
        return RecordBinder.keys(type);
    }

    /** Where the hash stands. */
    public String path() {
        return path;
    }

    /** Where the value of a key stands. */
    public String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Whether there is no key with a value. */
    public boolean isEmpty() {
        return keys().isEmpty();
    }

    /** The keys that have a value, in the operator's order. */
    public Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        for (Map.Entry<String, @Nullable Object> entry : values.entrySet()) {
            if (entry.getValue() != null) {
                keys.add(entry.getKey());
            }
        }
        return keys;
    }

    /** Whether the key has a value. */
    public boolean has(String key) {
        return values.get(key) != null;
    }

    /** The value as it is. */
    public Optional<Object> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** The value as a string; numbers and booleans are taken as they are written. */
    public Optional<String> string(String key) {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return Optional.of(value.toString());
        }
        throw wrong(key, "must be a string, but is " + describe(value));
    }

    /** The value as a whole number. */
    public Optional<Long> integer(String key) {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Integer || value instanceof Long) {
            return Optional.of(((Number) value).longValue());
        }
        throw wrong(key, "must be a whole number, but is " + describe(value));
    }

    /** The value as a number that may have a fraction. */
    public Optional<Double> decimal(String key) {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Number number) {
            return Optional.of(number.doubleValue());
        }
        throw wrong(key, "must be a number, but is " + describe(value));
    }

    /** The value as a duration: a whole number followed by its unit, {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}. */
    public Optional<Duration> duration(String key) {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        Duration duration = value instanceof String text ? Durations.parse(text) : null;
        if (duration == null) {
            throw wrong(key, "must be a duration such as 500ms, 30s, 5m, 2h or 1d");
        }
        return Optional.of(duration);
    }

    /** The value as a boolean. */
    public Optional<Boolean> bool(String key) {
        Object value = values.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Boolean bool) {
            return Optional.of(bool);
        }
        throw wrong(key, "must be true or false, but is " + describe(value));
    }

    /** The value as a list of strings, empty if there is none. */
    public List<String> strings(String key) {
        Object value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw wrong(key, "must be a list of strings, but is " + describe(value));
        }
        List<String> strings = new ArrayList<>();
        for (Object element : list) {
            if (!(element instanceof String || element instanceof Number || element instanceof Boolean)) {
                throw wrong(key, "must be a list of strings, but holds " + describe(element));
            }
            strings.add(element.toString());
        }
        return List.copyOf(strings);
    }

    /** The nested hash of a key, empty if there is none. */
    public PropertyTree section(String key) {
        Object value = values.get(key);
        if (value == null) {
            return empty(pathOf(key));
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw wrong(key, "must be a hash, but is " + describe(value));
        }
        Map<String, @Nullable Object> nested = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            nested.put(String.valueOf(entry.getKey()), entry.getValue());
        }
        return of(pathOf(key), nested);
    }

    /** The hash without some keys. */
    public PropertyTree without(Set<String> keys) {
        Map<String, @Nullable Object> rest = new LinkedHashMap<>(values);
        rest.keySet().removeAll(keys);
        return of(path, rest);
    }

    /** The hash with some keys only. */
    public PropertyTree only(Set<String> keys) {
        Map<String, @Nullable Object> some = new LinkedHashMap<>(values);
        some.keySet().retainAll(keys);
        return of(path, some);
    }

    /** The keys and values as they are. */
    public Map<String, @Nullable Object> asMap() {
        return values;
    }

    /**
     * An error about the value of a key, to be thrown.
     *
     * @param problem what is wrong and what would be right, to be read after the key: {@code "is missing"}
     */
    public CpiException wrong(String key, String problem) {
        return CpiException.badRequest(pathOf(key) + " " + problem);
    }

    /** An error about an unknown key, to be thrown; it names the nearest of the known ones. */
    public CpiException unknown(String key, Set<String> known) {
        return wrong(key, "is not known here" + NearestName.suggestion(key, known));
    }

    /** Says what a value is without showing it. */
    static String describe(@Nullable Object value) {
        if (value == null) {
            return "null";
        } else if (value instanceof String) {
            return "a string";
        } else if (value instanceof Boolean) {
            return "a boolean";
        } else if (value instanceof Integer || value instanceof Long) {
            return "a whole number";
        } else if (value instanceof Number) {
            return "a number that is out of range or not whole";
        } else if (value instanceof List) {
            return "a list";
        } else {
            return "a hash";
        }
    }

    /** Shows keys, not values. */
    @Override
    public String toString() {
        return path + keys();
    }
}
