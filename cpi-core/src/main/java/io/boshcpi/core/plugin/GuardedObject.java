package io.boshcpi.core.plugin;

import io.boshcpi.spi.Call;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.ErrorType;
import io.boshcpi.spi.ProviderFactory;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for an extension of a plugin, or for a part of a provider, and sends each call of it through the
 * {@link PluginDoor}.
 *
 * <p>A provider is guarded with all its parts: where an interface of the SPI comes back, its stand-in does.
 */
final class GuardedObject implements InvocationHandler {
    private static final String SPI = ProviderFactory.class.getPackageName();

    /** More devices, options or names than any VM has; a collection that does not end would take all memory. */
    private static final int MAX_ELEMENTS = 1000;

    private final PluginDoor door;
    private final Class<?> type;
    private final Object object;

    GuardedObject(PluginDoor door, Class<?> type, Object object) {
        this.door = door;
        this.type = type;
        this.object = object;
    }

    String pluginId() {
        return door.pluginId();
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofEveryObject(proxy, method.getName(), arguments);
        }
        try {
            Invocation invocation = new Invocation(method, object, arguments);
            return checked(method, door.enter(invocation, limit(arguments)).orElse(null));
        } catch (PluginTimeout e) {
            throw door.fault(e.reason(), e);
        } catch (InvocationTargetException e) {
            throw told(method, e.getCause() == null ? e : e.getCause());
        }
    }

    /** A provider's method that gets the call does its work; everything else only answers a question. */
    private PluginTime.Limit limit(Object @Nullable [] arguments) {
        return isOfProvider() && arguments != null && arguments.length > 0 && arguments[0] instanceof Call call
                ? PluginTime.ofWork(call.deadline())
                : PluginTime.current().ofQuestion();
    }

    /** A stand-in is equal to itself alone; the text names class and file. */
    private Object ofEveryObject(Object proxy, String method, Object @Nullable [] arguments) {
        return switch (method) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> door.origin(object);
        };
    }

    private static final class Invocation implements PluginDoor.Visit<Optional<Object>, InvocationTargetException> {
        private final Method method;
        private final Object object;
        private final Object @Nullable [] arguments;

        Invocation(Method method, Object object, Object @Nullable [] arguments) {
            this.method = method;
            this.object = object;
            this.arguments = arguments;
        }

        @Override
        public Optional<Object> run() throws InvocationTargetException {
            try {
                method.setAccessible(true); // An extension point need not be public.
                return Optional.ofNullable(settled(method.invoke(object, arguments)));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(method + " cannot be called", e);
            }
        }

        /** A collection of the plugin's own class runs code of the plugin at each access, so it is copied here. */
        private @Nullable Object settled(@Nullable Object result) throws InvocationTargetException {
            if (result == null || result.getClass().getClassLoader() == null) {
                return result;
            }
            try {
                boolean ofProvider = method.getDeclaringClass().getPackageName().equals(SPI);
                if (!ofProvider && sizeOf(result) > MAX_ELEMENTS) {
                    throw new IllegalStateException("more than " + MAX_ELEMENTS + " elements are not read");
                }
                return copied(method.getReturnType(), result);
            } catch (RuntimeException | Error e) {
                throw new InvocationTargetException(e);
            }
        }

        private static Object copied(Class<?> declared, Object result) {
            if (declared == List.class) {
                return Collections.unmodifiableList(new ArrayList<>((List<?>) result));
            } else if (declared == Set.class) {
                return Collections.unmodifiableSet(new LinkedHashSet<>((Set<?>) result));
            } else if (declared == Map.class) {
                return Collections.unmodifiableMap(new LinkedHashMap<>((Map<?, ?>) result));
            }
            return result;
        }

        @Override
        public String place() {
            return object.getClass().getName() + "." + method.getName();
        }
    }

    private boolean isOfProvider() {
        return type.getPackageName().equals(SPI);
    }

    /** What the call came back with, if it may. */
    private @Nullable Object checked(Method method, @Nullable Object result) {
        if (result == null) {
            if (method.getReturnType() != void.class && refusesNull(method)) {
                throw door.fault("returned null from " + place(method));
            }
            return null;
        }
        if (isOfProvider()) {
            return guarded(method.getGenericReturnType(), result);
        }
        if (sizeOf(result) > MAX_ELEMENTS) {
            throw door.fault("returned " + sizeOf(result) + " elements from " + place(method) + ", and more than "
                    + MAX_ELEMENTS + " are not read");
        }
        checkElements(method, result);
        return result;
    }

    private static int sizeOf(Object result) {
        if (result instanceof Collection<?> collection) {
            return collection.size();
        }
        return result instanceof Map<?, ?> map ? map.size() : 0;
    }

    /** Whoever reads the result would fail at an element of another class, and could not name the plugin. */
    private void checkElements(Method method, Object result) {
        if (result instanceof Collection<?> collection
                && method.getGenericReturnType() instanceof ParameterizedType declared
                && declared.getActualTypeArguments()[0] instanceof Class<?> type) {
            for (Object element : collection) {
                checkElement(method, type, element);
            }
        } else if (result instanceof Map<?, ?> map
                && method.getGenericReturnType() instanceof ParameterizedType declared
                && declared.getActualTypeArguments()[1] instanceof Class<?> type) {
            for (Object value : map.values()) {
                checkElement(method, type, value);
            }
        }
    }

    private void checkElement(Method method, Class<?> type, @Nullable Object element) {
        if (element != null && !type.isInstance(element)) {
            throw door.fault("returned an element of " + element.getClass() + " from " + place(method) + ", where "
                    + type.getName() + " belongs");
        }
    }

    private static boolean refusesNull(Method method) {
        return method.getDeclaringClass().getPackage().isAnnotationPresent(NullMarked.class)
                && !method.getAnnotatedReturnType().isAnnotationPresent(Nullable.class);
    }

    private Object guarded(Type declared, Object result) {
        if (declared instanceof Class<?> part
                && part.isInterface()
                && part.getPackageName().equals(SPI)) {
            return door.guard(part, result);
        } else if (result instanceof Optional<?> optional
                && optional.isPresent()
                && declared instanceof ParameterizedType parameterized) {
            return Optional.of(guarded(parameterized.getActualTypeArguments()[0], optional.get()));
        }
        return result;
    }

    /** What is thrown to the caller in place of what the plugin threw. */
    private Throwable told(Method method, Throwable thrown) {
        if (thrown instanceof OutOfMemoryError) {
            return thrown; // It is the whole process that has no memory.
        } else if (!(thrown instanceof CpiException error)) {
            boolean other = thrown instanceof IncompatibleClassChangeError;
            String hint = other ? "; was it compiled for another version of the SPI?" : "";
            return door.fault("failed in " + place(method) + ": " + ExtensionCheck.chain(thrown) + hint, thrown);
        } else if (!mayThrow(error.type())) {
            return door.fault(
                    "threw " + error.type().wireName() + " in " + place(method) + ", which "
                            + (isOfProvider() ? "is the host's to answer" : "is the provider's to answer") + ": "
                            + error.getMessage(),
                    error);
        } else if (error.getMessage().isBlank()
                || error.getMessage().equals(error.type().wireName())) {
            return door.fault("threw " + error.type().wireName() + " without a message in " + place(method), error);
        }
        if (!isOfProvider()) {
            door.logRefusal(place(method));
        }
        return thrown;
    }

    /** The Director acts on most types, so a sub-plugin, which knows nothing of what is on the server, has none of those. */
    private boolean mayThrow(ErrorType type) {
        return switch (type) {
            case CPI_ERROR, CLOUD_ERROR -> true;
            case NOT_IMPLEMENTED -> false;
            default -> isOfProvider();
        };
    }

    private String place(Method method) {
        return object.getClass().getName() + "." + method.getName();
    }

    @Override
    public String toString() {
        return door.origin(object);
    }
}
