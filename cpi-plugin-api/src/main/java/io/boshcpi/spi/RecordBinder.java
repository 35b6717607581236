package io.boshcpi.spi;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Binds a hash to a record for {@link PropertyTree#bind}.
 *
 * <p>It does not look at annotations: reading those costs a cold start more than all the rest of it.
 */
final class RecordBinder {
    private RecordBinder() {}

    static <T extends Record> T bind(PropertyTree tree, Class<T> type, Set<String> others) {
        RecordComponent[] components = type.getRecordComponents();
        Set<String> known = new LinkedHashSet<>(others);
        addKeys(components, known);
        for (String key : tree.keys()) {
            if (!known.contains(key)) {
                throw tree.unknown(key, known);
            }
        }
        Object[] arguments = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            arguments[i] = component(tree, key(components[i]), components[i].getGenericType());
        }
        return construct(type, types, arguments);
    }

    static Set<String> keys(Class<? extends Record> type) {
        Set<String> keys = new LinkedHashSet<>();
        addKeys(type.getRecordComponents(), keys);
        return Collections.unmodifiableSet(keys);
    }

    private static void addKeys(RecordComponent[] components, Set<String> keys) {
        for (RecordComponent component : components) {
            keys.add(key(component));
        }
    }

    private static <T extends Record> T construct(Class<T> type, Class<?>[] types, Object[] arguments) {
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof CpiException refused) {
                throw refused;
            }
            throw new IllegalStateException("The constructor of " + type.getName() + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " cannot be made", e);
        }
    }

    /** The value of a component, or what stands for its absence. */
    private static Object component(PropertyTree tree, String key, Type type) {
        Class<?> raw = rawType(type);
        Optional<Object> value = tree.get(key);
        if (raw == Optional.class) {
            return value.isPresent() ? Optional.of(convert(tree, key, argument(type, 0), value.get())) : value;
        } else if (value.isPresent()) {
            return convert(tree, key, type, value.get());
        } else if (raw == List.class) {
            return List.of();
        } else if (raw == Map.class) {
            return Map.of();
        } else if (raw == PropertyTree.class) {
            return tree.section(key);
        }
        throw tree.wrong(key, "is missing");
    }

    private static Object convert(PropertyTree tree, String key, Type type, @Nullable Object value) {
        Class<?> raw = rawType(type);
        if (raw == List.class) {
            return list(tree, key, argument(type, 0), value);
        } else if (raw == Map.class) {
            return map(tree.section(key), argument(type, 1));
        } else if (raw == PropertyTree.class) {
            return tree.section(key);
        } else if (raw.isRecord() && raw != Secret.class) {
            return record(tree, key, raw.asSubclass(Record.class), value);
        } else {
            return scalar(tree, key, raw, value);
        }
    }

    /** A nested hash, or the text that a record of an author's own reads. */
    private static Object record(PropertyTree tree, String key, Class<? extends Record> type, @Nullable Object value) {
        Method parser = value instanceof String ? parser(type) : null;
        return parser == null ? bind(tree.section(key), type, Set.of()) : parsed(tree, key, parser);
    }

    private static Object scalar(PropertyTree tree, String key, Class<?> type, @Nullable Object value) {
        if (value == null) {
            throw tree.wrong(key, "is null");
        } else if (type == String.class) {
            return tree.string(key).orElseThrow();
        } else if (type == Secret.class) {
            return new Secret(tree.string(key).orElseThrow());
        } else if (type == boolean.class || type == Boolean.class) {
            return tree.bool(key).orElseThrow();
        } else if (type == long.class || type == Long.class) {
            return tree.integer(key).orElseThrow();
        } else if (type == int.class || type == Integer.class) {
            return intValue(tree, key);
        } else if (type == double.class || type == Double.class) {
            return tree.decimal(key).orElseThrow();
        } else if (type == Duration.class) {
            return tree.duration(key).orElseThrow();
        } else if (type.isEnum()) {
            return constant(tree, key, type);
        }
        Method parser = parser(type);
        if (parser == null) {
            throw new IllegalStateException("No property can be of " + type
                    + ", which is not one of the types that PropertyTree.bind names and has no static parse(String)");
        }
        return parsed(tree, key, parser);
    }

    /** How an author's own type reads a text, or {@code null}. */
    private static @Nullable Method parser(Class<?> type) {
        try {
            Method parser = type.getDeclaredMethod("parse", String.class);
            boolean fits = Modifier.isStatic(parser.getModifiers()) && type.isAssignableFrom(parser.getReturnType());
            return fits ? parser : null;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private static Object parsed(PropertyTree tree, String key, Method parser) {
        try {
            parser.setAccessible(true);
            return parser.invoke(null, tree.string(key).orElseThrow());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof CpiException refused) {
                throw refused;
            } else if (e.getCause() instanceof IllegalArgumentException refused) {
                throw tree.wrong(key, "is wrong: " + refused.getMessage());
            }
            throw new IllegalStateException(parser + " failed", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(parser + " cannot be called", e);
        }
    }

    private static int intValue(PropertyTree tree, String key) {
        long value = tree.integer(key).orElseThrow();
        if (value != (int) value) {
            throw tree.wrong(key, "is " + value + ", which is out of range");
        }
        return (int) value;
    }

    private static Object constant(PropertyTree tree, String key, Class<?> type) {
        String name = tree.string(key).orElseThrow().replace('-', '_');
        Set<String> known = new TreeSet<>();
        for (Object constant : type.getEnumConstants()) {
            String constantName = ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
            if (constantName.equals(name)) {
                return constant;
            }
            known.add(constantName);
        }
        throw tree.wrong(key, "is not one of " + String.join(", ", known));
    }

    private static List<Object> list(PropertyTree tree, String key, Type elementType, @Nullable Object value) {
        if (!(value instanceof List<?> elements)) {
            throw tree.wrong(key, "must be a list, but is " + PropertyTree.describe(value));
        }
        List<Object> converted = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            Object element = elements.get(i);
            String elementKey = key + "[" + i + "]";
            PropertyTree place = PropertyTree.of(tree.path(), element == null ? Map.of() : Map.of(elementKey, element));
            converted.add(convert(place, elementKey, elementType, element));
        }
        return List.copyOf(converted);
    }

    private static Map<String, Object> map(PropertyTree section, Type valueType) {
        Map<String, Object> converted = new LinkedHashMap<>();
        for (String key : section.keys()) {
            converted.put(key, convert(section, key, valueType, section.get(key).orElseThrow()));
        }
        return Collections.unmodifiableMap(converted);
    }

    private static Class<?> rawType(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        return (Class<?>) ((ParameterizedType) type).getRawType();
    }

    private static Type argument(Type type, int index) {
        if (type instanceof ParameterizedType parameterized) {
            return parameterized.getActualTypeArguments()[index];
        }
        throw new IllegalStateException("No property can be of the raw type " + type);
    }

    /** {@code rootDisk} becomes {@code root_disk}. */
    private static String key(RecordComponent component) {
        StringBuilder key = new StringBuilder();
        for (char c : component.getName().toCharArray()) {
            if (Character.isUpperCase(c)) {
                key.append('_').append(Character.toLowerCase(c));
            } else {
                key.append(c);
            }
        }
        return key.toString();
    }
}
