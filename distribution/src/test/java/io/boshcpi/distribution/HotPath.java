package io.boshcpi.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The rules of {@code hot-path.txt}, and what the byte code of a distribution has against them. */
final class HotPath {
    /** The word for each beginning of a method's name that is forbidden to be called. */
    private static final Map<String, String> FORBIDDEN = Map.of(
            "java/util/stream/", "stream",
            "java/util/regex/", "regex",
            "java/util/Formatter.", "format",
            "java/lang/String.format", "format",
            "java/lang/String.split", "regex",
            "java/lang/String.matches", "regex",
            "java/lang/String.replaceAll", "regex",
            "java/lang/String.replaceFirst", "regex");

    private final Map<String, Set<String>> packages = new LinkedHashMap<>();
    private final Set<String> elsewhere = new LinkedHashSet<>();
    private final Set<String> allowed = new LinkedHashSet<>();

    private HotPath() {}

    /** Reads the rules. */
    static HotPath read() throws IOException {
        HotPath rules = new HotPath();
        try (InputStream file = HotPath.class.getResourceAsStream("/hot-path.txt")) {
            String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(rules::add);
        }
        return rules;
    }

    private void add(String line) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
            case "package" -> packages.put(words[1], words.length == 2 ? Set.of() : Set.of(words[2].split(",", -1)));
            case "elsewhere" -> elsewhere.add(words[1]);
            case "allow" -> allowed.add(words[1] + " " + words[2]);
            default -> throw new IllegalArgumentException(line);
        }
    }

    /** What the classes of a distribution do against the rules, each as the class's simple name and a word. */
    record Findings(int classes, Set<String> violations, Set<String> unusedRules) {}

    /** Reads the byte code of all jars. */
    Findings check(Path home) throws IOException {
        Map<String, byte[]> classes = classes(home);
        Set<String> records = new TreeSet<>();
        classes.forEach((name, bytes) -> {
            if ("java/lang/Record".equals(new ClassReader(bytes).getSuperName())) {
                records.add(name);
            }
        });
        Set<String> violations = new TreeSet<>();
        Set<String> unused = new TreeSet<>(allowed);
        classes.forEach((name, bytes) -> {
            Scanner scanner = new Scanner(records);
            new ClassReader(bytes).accept(scanner, ClassReader.SKIP_DEBUG);
            String outer = outer(name);
            scanner.found.removeAll(Objects.requireNonNull(allowedWords(outer)));
            for (String word : scanner.found) {
                String finding = outer.substring(outer.lastIndexOf('.') + 1) + " " + word;
                unused.remove(finding);
                if (!allowed.contains(finding)) {
                    violations.add(outer + " " + word);
                }
            }
        });
        return new Findings(classes.size(), violations, unused);
    }

    /** The classes on the way of a call, by their internal names. */
    private Map<String, byte[]> classes(Path home) throws IOException {
        List<Path> jars = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home)) {
            files.filter(file -> file.toString().endsWith(".jar")).forEach(jars::add);
        }
        Map<String, byte[]> classes = new TreeMap<>();
        for (Path jar : jars) {
            try (JarFile file = new JarFile(jar.toFile())) {
                for (JarEntry entry : Collections.list(file.entries())) {
                    String name = entry.getName();
                    if (name.endsWith(".class") && allowedWords(outer(name)) != null) {
                        try (InputStream in = file.getInputStream(entry)) {
                            classes.put(name.substring(0, name.length() - ".class".length()), in.readAllBytes());
                        }
                    }
                }
            }
        }
        return classes;
    }

    /** The name of the class that encloses all others of its source. */
    private static String outer(String internalName) {
        String name = internalName.replace(".class", "").replace('/', '.');
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }

    /** What the longest rule that the name begins with allows; {@code null} if the class is not on the way. */
    private @Nullable Set<String> allowedWords(String name) {
        for (String part = name; !part.isEmpty(); part = part.substring(0, Math.max(0, part.lastIndexOf('.')))) {
            if (elsewhere.contains(part)) {
                return null;
            }
            Set<String> words = packages.get(part);
            if (words != null) {
                return words;
            }
        }
        return null;
    }

    private static final class Scanner extends ClassVisitor {
        final Set<String> found = new TreeSet<>();
        private final Set<String> records;

        Scanner(Set<String> records) {
            super(Opcodes.ASM9);
            this.records = records;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String type, @Nullable String signature, String @Nullable [] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitInvokeDynamicInsn(String method, String type, Handle bootstrap, Object... arguments) {
                    String owner = bootstrap.getOwner();
                    if (owner.equals("java/lang/invoke/LambdaMetafactory")) {
                        found.add("lambda");
                    } else if (!owner.equals("java/lang/runtime/ObjectMethods")) {
                        found.add("invokedynamic");
                    }
                }

                @Override
                public void visitMethodInsn(int opcode, String owner, String method, String type, boolean isInterface) {
                    if (records.contains(owner) && (method.equals("hashCode") || method.equals("equals"))) {
                        found.add("record");
                    }
                    if (type.endsWith(")Ljava/util/stream/Stream;")) {
                        found.add("stream");
                    }
                    String called = owner + "." + method;
                    FORBIDDEN.forEach((beginning, word) -> {
                        if (called.startsWith(beginning)) {
                            found.add(word);
                        }
                    });
                }
            };
        }
    }
}
