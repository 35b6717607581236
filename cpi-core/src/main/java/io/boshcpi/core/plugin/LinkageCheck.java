package io.boshcpi.core.plugin;

import io.boshcpi.spi.SpiVersion;
import java.io.IOException;
import java.io.InputStream;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether each class, method and field that the classes of a plugin use is there for them, and whether each class
 * implements what it has to.
 *
 * <p>The JVM looks that up when the code runs, which may be in a call years later. Here the class files are compared with
 * those that the plugin's class loader sees, as the JVM would (JVM specification, 5.4.3); none is initialised. Reading every
 * class of a plugin, and of what it uses, takes longer than a cold call: this is for people's commands.
 *
 * <p>A library in the jar may do without what is missing, as many look whether another library is there. So it is an
 * error in the plugin's own code, which is the packages of its extensions and those below, and a warning elsewhere.
 */
final class LinkageCheck {
    private final PluginSpec spec;
    private final IsolatedClassLoader loader;
    private final ClassLoader host;
    private final Map<String, PluginSpec> plugins;
    private final Set<String> ownPackages = new LinkedHashSet<>();
    private final Map<String, Optional<ClassFile>> known = new HashMap<>();
    private final Map<String, ClassFile> own = new TreeMap<>();

    /** What is wrong, and the classes that it concerns. */
    private final Map<String, Set<String>> errors = new LinkedHashMap<>();

    private final Map<String, Set<String>> warnings = new LinkedHashMap<>();
    private final Set<String> reported = new HashSet<>();

    /**
     * A check of one plugin.
     *
     * @param plugins all plugins by ID
     */
    LinkageCheck(PluginSpec spec, IsolatedClassLoader loader, ClassLoader host, Map<String, PluginSpec> plugins) {
        this.spec = spec;
        this.loader = loader;
        this.host = host;
        this.plugins = plugins;
        for (ExtensionSpec extension : spec.extensions()) {
            ownPackages.add(SharedPackages.packageOf(extension.className()));
        }
    }

    /** The errors, then the warnings. Runs no code of the plugin. */
    List<PluginFinding> findings() throws PluginProblem.Found {
        readJar();
        for (ClassFile type : own.values()) {
            checkClasses(type);
            checkMembers(type);
            checkImplements(type);
            if (!reported.contains(type.name())) {
                checkLoads(type);
            }
        }
        List<PluginFinding> findings = new ArrayList<>();
        errors.forEach((what, users) -> findings.add(PluginFinding.error(text(what, users))));
        warnings.forEach((what, users) -> findings.add(PluginFinding.warning(text(what, users))));
        return findings;
    }

    private void readJar() throws PluginProblem.Found {
        try (JarFile jar = new JarFile(spec.file().path().toFile())) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                String name = entry.getName();
                if (name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("module-info.class")) {
                    read(jar, entry);
                }
            }
        } catch (IOException e) {
            throw new PluginProblem.Found("cannot be read as a jar (" + e.getMessage() + "); build or copy it anew", e);
        }
    }

    private void read(JarFile jar, JarEntry entry) throws IOException {
        String name = entry.getName().substring(0, entry.getName().length() - ".class".length());
        try (InputStream content = jar.getInputStream(entry)) {
            ClassFile type = ClassFile.read(content.readAllBytes());
            if (type.name().equals(name.replace('/', '.'))) {
                own.put(type.name(), type);
                known.put(type.name(), Optional.of(type));
                return;
            }
            report(name.replace('/', '.'), "has " + entry.getName() + ", which is the class " + type.name());
        } catch (IOException e) {
            report(
                    name.replace('/', '.'),
                    "has " + entry.getName() + ", which is no class file (" + e.getMessage() + "); build the jar anew");
        }
    }

    private void checkClasses(ClassFile type) {
        for (String name : type.classes()) {
            ClassFile used = find(name);
            if (used == null) {
                report(type.name(), missing(name));
            } else if ((used.access() & ClassFile.PUBLIC) == 0 && !inOnePackage(used.name(), type.name())) {
                report(type.name(), "needs the class " + name + ", which is not public; use what is");
            }
        }
    }

    private String missing(String name) {
        String what = "needs the class " + name + ", which ";
        String packageName = SharedPackages.packageOf(name);
        if (SharedPackages.contain(name)) {
            return what + "is not there: " + rightVersion(null);
        }
        for (IsolatedClassLoader.Dependency dependency : loader.dependencies()) {
            if (dependency.exports().contains(packageName)) {
                return what + "is not there: " + rightVersion(dependency.id());
            }
        }
        for (PluginSpec plugin : plugins.values()) {
            if (plugin.exports().contains(packageName)) {
                return what + "the plugin " + plugin.id() + " exports; name that in Plugin-Dependencies";
            }
        }
        for (IsolatedClassLoader.Dependency dependency : loader.dependencies()) {
            if (dependency.loader() != host && has(dependency.loader(), name)) {
                return what + "the plugin " + dependency.id() + " keeps to itself; it exports "
                        + String.join(", ", dependency.exports());
            }
        }
        return has(host, name)
                ? what + "the CPI keeps to itself; use what the SPI has, or put a library of your own into the jar"
                : what + "is nowhere; put it into the jar, unless the code can do without";
    }

    private static boolean has(ClassLoader loader, String name) {
        return loader.getResource(name.replace('.', '/') + ".class") != null;
    }

    /** What to do about something that another version has. */
    private String rightVersion(@Nullable String dependency) {
        if (dependency == null) {
            return "this CPI has version " + SpiVersion.CURRENT + " of the SPI; compile against its lib/*, and say in"
                    + " Plugin-Requires which versions will do";
        }
        PluginSpec plugin = plugins.get(dependency);
        String version = plugin == null
                ? "another version"
                : "version " + plugin.identity().exportsVersion();
        return "the plugin " + dependency + " exports " + version + "; compile against that, and say in"
                + " Plugin-Dependencies which versions will do";
    }

    private void checkMembers(ClassFile type) {
        for (ClassFile.Member member : type.members()) {
            String wrong = wrong(type, member);
            if (wrong != null) {
                report(type.name(), wrong);
            }
        }
    }

    private @Nullable String wrong(ClassFile type, ClassFile.Member member) {
        ClassFile owner = find(member.owner());
        if (owner == null || isPolymorphic(member)) {
            return null; // An array, or a class that is reported itself.
        }
        Search search = new Search(member);
        search.in(owner);
        if (search.incomplete) {
            return null;
        }
        String what = "uses " + member.owner() + "." + words(member) + ", which ";
        ClassFile declaring = search.declaring;
        if (declaring == null) {
            return what + "is not there: " + right(owner);
        }
        boolean visible = (search.access & (ClassFile.PUBLIC | ClassFile.PROTECTED)) != 0
                || inOnePackage(declaring.name(), type.name());
        return visible ? null : what + "is not public; use what is";
    }

    /** The JVM gives these any descriptor. */
    private static boolean isPolymorphic(ClassFile.Member member) {
        return member.owner().equals("java.lang.invoke.MethodHandle")
                || member.owner().equals("java.lang.invoke.VarHandle");
    }

    private String right(ClassFile owner) {
        if (SharedPackages.contain(owner.name())) {
            return rightVersion(null);
        } else if (own.containsKey(owner.name())) {
            return "build the jar of clean classes, with what they were compiled against";
        }
        for (IsolatedClassLoader.Dependency dependency : loader.dependencies()) {
            if (dependency.exports().contains(SharedPackages.packageOf(owner.name()))) {
                return rightVersion(dependency.id());
            }
        }
        return "this is Java " + Runtime.version().feature()
                + "; compile with --release 17, the oldest that the CPI runs" + " on";
    }

    private static String words(ClassFile.Member member) {
        return member.isMethod()
                ? member.name()
                        + MethodTypeDesc.ofDescriptor(member.descriptor()).displayDescriptor()
                : member.name();
    }

    /** Looks a member up in a class and all that it inherits from. */
    private final class Search {
        private final ClassFile.Member member;
        private final Set<String> seen = new LinkedHashSet<>();
        private @Nullable ClassFile declaring;
        private int access;
        private boolean incomplete;

        Search(ClassFile.Member member) {
            this.member = member;
        }

        void in(ClassFile type) {
            if (declaring != null || !seen.add(type.name())) {
                return;
            }
            Integer found = (member.isMethod() ? type.methods() : type.fields()).get(member.key());
            if (found != null) {
                declaring = type;
                access = found;
                return;
            }
            if (member.name().equals("<init>")) {
                return; // Constructors are not inherited.
            }
            for (String parent : parents(type)) {
                ClassFile next = find(parent);
                if (next == null) {
                    incomplete = true;
                } else {
                    in(next);
                }
            }
        }
    }

    private static List<String> parents(ClassFile type) {
        List<String> parents = new ArrayList<>();
        if (type.superName() != null) {
            parents.add(type.superName());
        }
        parents.addAll(type.interfaces());
        return parents;
    }

    /** Whether a class that can be made has code for each abstract method of what it inherits from others. */
    private void checkImplements(ClassFile type) {
        if ((type.access() & (ClassFile.ABSTRACT | ClassFile.INTERFACE)) != 0) {
            return;
        }
        Map<String, ClassFile> line = new LinkedHashMap<>();
        if (!collect(type, line)) {
            return; // What is missing is reported itself.
        }
        for (ClassFile inherited : line.values()) {
            for (Map.Entry<String, Integer> method : inherited.methods().entrySet()) {
                boolean open = (method.getValue() & ClassFile.ABSTRACT) != 0 && !own.containsKey(inherited.name());
                if (open && !isImplemented(method.getKey(), line)) {
                    int at = method.getKey().indexOf('(');
                    ClassFile.Member member = new ClassFile.Member(
                            inherited.name(),
                            method.getKey().substring(0, at),
                            method.getKey().substring(at));
                    report(
                            type.name(),
                            "does not implement " + member.owner() + "." + words(member) + ": " + right(inherited));
                }
            }
        }
    }

    /** A class with all that it inherits from. Returns whether all of them are there. */
    private boolean collect(ClassFile type, Map<String, ClassFile> line) {
        boolean complete = true;
        if (line.put(type.name(), type) == null) {
            for (String parent : parents(type)) {
                ClassFile next = find(parent);
                complete = next != null && collect(next, line) && complete;
            }
        }
        return complete;
    }

    private static boolean isImplemented(String method, Map<String, ClassFile> line) {
        for (ClassFile type : line.values()) {
            Integer access = type.methods().get(method);
            if (access != null && (access & (ClassFile.ABSTRACT | ClassFile.STATIC | ClassFile.PRIVATE)) == 0) {
                return true;
            }
        }
        return false;
    }

    /** The rest is for the JVM to say: a class for another Java, or that extends what is final. */
    private void checkLoads(ClassFile type) {
        try {
            Class.forName(type.name(), false, loader);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (ClassNotFoundException | LinkageError e) {
            report(
                    type.name(),
                    "cannot be loaded: " + ExtensionCheck.chain(e)
                            + "; compile it against this CPI, with --release 17");
        }
    }

    private @Nullable ClassFile find(String name) {
        Optional<ClassFile> found = known.get(name);
        if (found == null) {
            found = read(name);
            known.put(name, found);
        }
        return found.orElse(null);
    }

    private Optional<ClassFile> read(String name) {
        if (name.startsWith("[")) {
            return Optional.empty();
        }
        try (InputStream content = loader.classFile(name)) {
            return content == null ? Optional.empty() : Optional.of(ClassFile.read(content.readAllBytes()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean inOnePackage(String one, String other) {
        return SharedPackages.packageOf(one).equals(SharedPackages.packageOf(other));
    }

    private void report(String className, String what) {
        reported.add(className);
        Map<String, Set<String>> found = isOwnCode(className) ? errors : warnings;
        found.computeIfAbsent(what, key -> new LinkedHashSet<>()).add(className);
    }

    private boolean isOwnCode(String className) {
        String packageName = SharedPackages.packageOf(className);
        for (String ownPackage : ownPackages) {
            if (packageName.equals(ownPackage) || packageName.startsWith(ownPackage + ".")) {
                return true;
            }
        }
        return false;
    }

    private static String text(String what, Set<String> users) {
        String first = users.iterator().next();
        String more = users.size() == 1 ? "" : " and " + (users.size() - 1) + " more";
        return first + more + " " + what;
    }
}
