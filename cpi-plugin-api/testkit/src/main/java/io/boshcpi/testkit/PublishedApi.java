package io.boshcpi.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Writes down the published API of a package as text, a line for each type and member, so that a reviewer sees each change
 * of it in a diff.
 *
 * <pre>{@code
 * @Test
 * void theApiIsTheOneThatWasAgreedOn() throws IOException {
 *     PublishedApi.of(MyExtensionPoint.class).assertMatches(Path.of("api.txt"));
 * }
 * }</pre>
 *
 * <p>With the system property {@code api.write=true} the file is written instead.
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public final class PublishedApi {
    private static final int VISIBLE = Modifier.PUBLIC | Modifier.PROTECTED;
    private static final int SHOWN = VISIBLE | Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL;

    private final String packageName;
    private final List<Class<?>> types;

    private PublishedApi(String packageName, List<Class<?>> types) {
        this.packageName = packageName;
        this.types = types;
    }

    /**
     * The API of a package whose classes lie in a folder, as they do in the build of their module.
     *
     * @param member any class of the package
     */
    public static PublishedApi of(Class<?> member) throws IOException {
        Path folder = folder(member);
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (String name : files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .sorted()
                    .toList()) {
                types.add(load(member, name.substring(0, name.length() - ".class".length())));
            }
        }
        return new PublishedApi(member.getPackageName(), types);
    }

    private static Path folder(Class<?> member) {
        try {
            Path root = Path.of(
                    member.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isRegularFile(root)) {
                root = root.resolveSibling("classes");
            }
            return root.resolve(member.getPackageName().replace('.', File.separatorChar));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(Class<?> member, String name) {
        try {
            return Class.forName(member.getPackageName() + "." + name, false, member.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Fails, with the difference, if the API is not what the file says. */
    public void assertMatches(Path file) throws IOException {
        if (Boolean.getBoolean("api.write")) {
            Files.writeString(file, text());
        }
        assertThat(text())
                .as("the published API; to change it on purpose run this test with -Dapi.write=true and commit " + file)
                .isEqualTo(Files.readString(file));
    }

    /** The API, a line for each type and member. */
    public String text() {
        StringBuilder text = new StringBuilder("package ").append(packageName).append('\n');
        for (Class<?> type : types) {
            if (isVisible(type)) {
                text.append('\n').append(header(type)).append('\n');
                members(type).forEach(line -> text.append("    ").append(line).append('\n'));
            }
        }
        return text.toString();
    }

    private static boolean isVisible(Class<?> type) {
        return (type.getModifiers() & VISIBLE) != 0
                && (type.getDeclaringClass() == null || isVisible(type.getDeclaringClass()));
    }

    private String header(Class<?> type) {
        String kind = type.isRecord() ? "record" : type.isEnum() ? "enum" : type.isInterface() ? "" : "class";
        return Stream.of(
                        modifiers(type.getModifiers() & ~(type.isRecord() || type.isEnum() ? Modifier.FINAL : 0)),
                        kind,
                        shortened(type.getName()),
                        type.isRecord() ? components(type) : "",
                        supertypes(type),
                        status(type).strip())
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** A member without a status of its own has that of its type. */
    private static String status(AnnotatedElement element) {
        API api = element.getAnnotation(API.class);
        return api == null ? "" : " [" + api.status() + "]";
    }

    private String components(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .map(this::component)
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private String component(RecordComponent component) {
        return shortened(component.getGenericType()) + " " + component.getName();
    }

    private String supertypes(Class<?> type) {
        List<String> names = new ArrayList<>();
        Type parent = type.getGenericSuperclass();
        if (parent != null && parent != Object.class && !type.isEnum() && !type.isRecord()) {
            names.add("extends " + shortened(parent));
        }
        for (Type implemented : type.getGenericInterfaces()) {
            names.add((type.isInterface() ? "extends " : "implements ") + shortened(implemented));
        }
        return String.join(" ", names);
    }

    private Iterable<String> members(Class<?> type) {
        TreeSet<String> lines = new TreeSet<>();
        for (Field field : type.getDeclaredFields()) {
            if ((field.getModifiers() & VISIBLE) != 0) {
                lines.add(line(
                        field.getModifiers(),
                        shortened(field.getGenericType()) + " " + field.getName() + status(field)));
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if ((constructor.getModifiers() & VISIBLE) != 0 && !type.isRecord()) {
                lines.add(
                        line(constructor.getModifiers(), "new " + parameters(constructor.getGenericParameterTypes())));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if ((method.getModifiers() & VISIBLE) != 0 && !method.isSynthetic() && !isImplied(type, method)) {
                String form = (method.isDefault() ? "default " : "") + shortened(method.getGenericReturnType()) + " "
                        + method.getName() + parameters(method.getGenericParameterTypes()) + status(method);
                lines.add(line(method.getModifiers(), form));
            }
        }
        return lines;
    }

    /** Whether the header says it already: the accessors of a record, and what every object, record and enum has. */
    private static boolean isImplied(Class<?> type, Method method) {
        return List.of("toString", "equals", "hashCode").contains(method.getName())
                || (type.isEnum() && List.of("values", "valueOf").contains(method.getName()))
                || (type.isRecord()
                        && method.getParameterCount() == 0
                        && Arrays.stream(type.getRecordComponents())
                                .anyMatch(component -> component.getAccessor().equals(method)));
    }

    private static String line(int modifiers, String form) {
        return (modifiers(modifiers & ~Modifier.PUBLIC & ~Modifier.ABSTRACT) + " " + form).strip();
    }

    private static String modifiers(int modifiers) {
        return Modifier.toString(modifiers & SHOWN & ~(Modifier.isInterface(modifiers) ? Modifier.ABSTRACT : 0))
                + (Modifier.isInterface(modifiers) ? " interface" : "");
    }

    private String parameters(Type[] types) {
        return Arrays.stream(types).map(this::shortened).collect(Collectors.joining(", ", "(", ")"));
    }

    private String shortened(Type type) {
        return shortened(type.getTypeName());
    }

    /** Names of the package itself and of the JDK's usual ones need no package to be understood. */
    private String shortened(String name) {
        return name.replace(packageName + ".", "").replaceAll("\\bjava\\.(lang|util|time|nio\\.file)\\.(?=[A-Z])", "");
    }
}
