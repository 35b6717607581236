package io.boshcpi.core.plugin;

import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Option;
import io.boshcpi.spi.Options;
import io.boshcpi.spi.PropertyTree;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes each extension of a plugin, as a call would, and asks it what can be asked without knowing the extension point: the
 * methods that take nothing.
 *
 * <p>Whatever a method is for, an answer is not {@code null}, has no element that is {@code null} or blank, and is not a blank
 * text unless the extension point itself answers so by default. Options accept their own default and allowed values.
 */
final class ContractCheck {
    private final PluginHost plugins;
    private final PluginSpec spec;
    private final List<PluginFinding> findings = new ArrayList<>();

    ContractCheck(PluginHost plugins, PluginSpec spec) {
        this.plugins = plugins;
        this.spec = spec;
    }

    List<PluginFinding> findings() {
        Set<String> points = new LinkedHashSet<>();
        for (ExtensionSpec extension : spec.extensions()) {
            points.addAll(extension.points());
        }
        for (String point : points) {
            check(point);
        }
        return findings;
    }

    private void check(String point) {
        try {
            Class<?> type = plugins.loader(spec).loadClass(point);
            for (Object extension : plugins.make(type, spec.id())) {
                Arrays.stream(type.getMethods())
                        .filter(ContractCheck::isQuestion)
                        .sorted(Comparator.comparing(Method::getName))
                        .forEach(method -> ask(extension, method));
            }
        } catch (CpiException e) {
            error(String.valueOf(e.getMessage()));
        } catch (ClassNotFoundException | LinkageError e) {
            error("extends " + point + ", which cannot be loaded: " + ExtensionCheck.chain(e));
        }
    }

    private static boolean isQuestion(Method method) {
        return method.getParameterCount() == 0
                && method.getReturnType() != void.class
                && !Modifier.isStatic(method.getModifiers());
    }

    private void ask(Object extension, Method method) {
        try {
            method.setAccessible(true); // An extension point need not be public.
            judge(extension, method, method.invoke(extension));
        } catch (InvocationTargetException e) {
            error(ExtensionCheck.chain(e.getCause()));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(method + " cannot be called", e);
        }
    }

    private void judge(Object extension, Method method, @Nullable Object answer) {
        String says = "has " + extension + ", whose " + method.getName() + " answers ";
        boolean hasDefault = !Modifier.isAbstract(method.getModifiers());
        if (answer == null && !hasDefault && !method.getAnnotatedReturnType().isAnnotationPresent(Nullable.class)) {
            error(says + "with null; return a value");
        } else if (answer instanceof String text && text.isBlank() && !hasDefault) {
            error(says + "with an empty text; return a text with content");
        } else if (answer instanceof Collection<?> collection
                && collection.stream().anyMatch(ContractCheck::isEmpty)) {
            error(says + "with an element that is empty or null: " + collection + "; leave that out");
        } else if (answer instanceof Map<?, ?> map && holdsEmpty(map)) {
            error(says + "with a key that is empty, or a value that is null: " + map + "; leave that out");
        } else if (answer instanceof Options options) {
            options.asList().forEach(option -> judge(says, option));
        }
    }

    private static boolean isEmpty(@Nullable Object element) {
        return element == null || (element instanceof String text && text.isBlank());
    }

    private static boolean holdsEmpty(Map<?, ?> map) {
        return map.keySet().stream().anyMatch(ContractCheck::isEmpty)
                || map.values().stream().anyMatch(value -> value == null);
    }

    private void judge(String says, Option option) {
        option.defaultValue().ifPresent(value -> judge(says, option, "default", value));
        for (String allowed : option.allowed()) {
            judge(says, option, "allowed value", option.kind() == Option.Kind.STRINGS ? List.of(allowed) : allowed);
        }
    }

    private void judge(String says, Option option, String what, Object value) {
        try {
            Options.of(option).check(PropertyTree.of("", Map.of(option.name(), value)));
        } catch (CpiException e) {
            error(says + "with an option whose " + what + " it refuses: " + e.getMessage());
        }
    }

    private void error(String text) {
        findings.add(PluginFinding.error(text));
    }
}
