package io.boshcpi.core.plugin;

import io.boshcpi.core.config.Configuration;
import io.boshcpi.spi.ProviderFactory;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pf4j.ExtensionPoint;

/**
 * Looks at the classes of a plugin that no index knows: whether its extensions can be made and linked, and what they
 * implement.
 *
 * <p>The JVM looks up most classes that a method uses when the method runs, which may be years later. So the names in
 * an extension's class file are tried now: a plugin that needs the internals of another one is found out at once.
 */
final class ExtensionCheck implements PluginDoor.Visit<PluginSpec, PluginProblem.Found> {
    private final PluginSpec spec;
    private final ClassLoader loader;
    private volatile String place = "";

    ExtensionCheck(PluginSpec spec, ClassLoader loader) {
        this.spec = spec;
        this.loader = loader;
    }

    /** The plugin's spec with extension points and providers. */
    @Override
    public PluginSpec run() throws PluginProblem.Found {
        List<ExtensionSpec> extensions = new ArrayList<>();
        List<ProviderSpec> providers = new ArrayList<>();
        for (ExtensionSpec extension : spec.extensions()) {
            String name = extension.className();
            place = "the static initialiser of " + name;
            try {
                Class<?> type = Class.forName(name, true, loader);
                checkShape(type);
                checkReferences(type);
                extensions.add(new ExtensionSpec(name, points(type)));
                if (ProviderFactory.class.isAssignableFrom(type)) {
                    providers.add(provider(type));
                }
            } catch (OutOfMemoryError e) {
                throw e; // It is the whole process that has no memory.
            } catch (ClassNotFoundException | Error e) { // A static initialiser may throw any error.
                throw new PluginProblem.Found(
                        "has the extension " + name + ", which cannot be loaded: " + chain(e),
                        PluginFailure.settled(e));
            }
        }
        return spec.resolved(extensions, providers);
    }

    private static void checkShape(Class<?> type) throws PluginProblem.Found {
        if (!Modifier.isPublic(type.getModifiers())
                || Modifier.isAbstract(type.getModifiers())
                || !hasDefaultConstructor(type)) {
            throw new PluginProblem.Found("has the extension " + type.getName()
                    + ", which must be a public class with a public constructor without arguments");
        }
    }

    private static boolean hasDefaultConstructor(Class<?> type) {
        for (Constructor<?> constructor : type.getConstructors()) {
            if (constructor.getParameterCount() == 0) {
                return true;
            }
        }
        return false;
    }

    private void checkReferences(Class<?> type) throws PluginProblem.Found, ClassNotFoundException {
        for (String name : references(type)) {
            Class.forName(name, false, loader);
        }
    }

    private static Set<String> references(Class<?> type) throws PluginProblem.Found {
        String file = type.getName().replace('.', '/') + ".class";
        try (InputStream content = type.getClassLoader().getResourceAsStream(file)) {
            return content == null
                    ? Set.of()
                    : ClassFile.read(content.readAllBytes()).classes();
        } catch (IOException e) {
            throw new PluginProblem.Found("has the extension " + type.getName() + ", which cannot be read", e);
        }
    }

    private static List<String> points(Class<?> type) throws PluginProblem.Found {
        Set<String> points = new LinkedHashSet<>();
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            collectPoints(at, points);
        }
        if (points.isEmpty()) {
            throw new PluginProblem.Found("has the extension " + type.getName()
                    + ", which implements no extension point; it has to implement one of the SPI, or one"
                    + " that a plugin of its Plugin-Dependencies exports");
        }
        return List.copyOf(points);
    }

    private static void collectPoints(Class<?> type, Set<String> points) {
        for (Class<?> parent : type.getInterfaces()) {
            if (parent != ExtensionPoint.class && ExtensionPoint.class.isAssignableFrom(parent)) {
                points.add(parent.getName());
            }
            collectPoints(parent, points);
        }
    }

    @Override
    public String place() {
        return place;
    }

    private ProviderSpec provider(Class<?> type) throws PluginProblem.Found {
        try {
            place = "the constructor of " + type.getName();
            ProviderFactory<?> factory =
                    (ProviderFactory<?>) type.getConstructor().newInstance();
            place = type.getName() + ".name";
            String name = factory.name();
            if (name == null || !PluginJar.isName(name) || Configuration.isReserved(name)) {
                throw new PluginProblem.Found("has the provider " + type.getName() + " with the name " + name
                        + ", which no section of the configuration can have; letters, digits and . _ - make a name,"
                        + " and the keys of the configuration are taken");
            }
            place = type.getName() + ".stemcellFormats";
            return new ProviderSpec(name, List.copyOf(factory.stemcellFormats()));
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (ReflectiveOperationException | RuntimeException | Error e) {
            throw new PluginProblem.Found(
                    "has the provider " + type.getName() + ", which cannot be made: " + chain(e),
                    PluginFailure.settled(e));
        }
    }

    /** The messages of an exception and its causes, each once: the reason is at the end. */
    static String chain(@Nullable Throwable thrown) {
        StringBuilder text = new StringBuilder();
        for (Throwable at = thrown == null ? null : PluginFailure.settled(thrown);
                at != null && text.length() < 1000;
                at = at.getCause()) {
            String name = PluginFailure.nameOf(at);
            String step = at.getMessage() == null ? name : name + ": " + at.getMessage();
            if (!onlyWraps(at) && text.indexOf(step) < 0) {
                text.append(text.isEmpty() ? "" : ", because ").append(step);
            }
        }
        return text.toString();
    }

    /** Whether the exception's message is the one that it gets by default from its cause. */
    private static boolean onlyWraps(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return cause != null && cause.toString().equals(thrown.getMessage());
    }
}
