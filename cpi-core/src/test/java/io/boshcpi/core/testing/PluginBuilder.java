package io.boshcpi.core.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.pf4j.processor.ExtensionAnnotationProcessor;

/** Compiles a plugin as its author would, with PF4J's annotation processor, and packs it: rightly or wrongly. */
public final class PluginBuilder {
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, String> manifest = new LinkedHashMap<>();
    private final Map<String, byte[]> more = new LinkedHashMap<>();
    private final List<Path> classPath = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    /** A plugin with this ID that depends on nothing. */
    public PluginBuilder(String id) {
        manifest.put("Plugin-Id", id);
        manifest.put("Plugin-Version", "1.0.0");
        manifest.put("Plugin-Requires", ">=1.0.0 & <2.0.0");
    }

    /** The example provider: a cloud in a folder. */
    public static PluginBuilder example() {
        return new PluginBuilder("example")
                .sourceOfTests("example/ExampleCloud.java")
                .sourceOfTests("example/ExampleProviderFactory.java");
    }

    /** Adds a class of the package {@code sample}. */
    public PluginBuilder source(String simpleName, String body) {
        sources.put("sample/" + simpleName + ".java", "package sample;\n" + body);
        return this;
    }

    /** Adds a source file. */
    public PluginBuilder sourceText(String file, String text) {
        sources.put(file, text);
        return this;
    }

    /** Adds a source file that is a resource of the tests. */
    private PluginBuilder sourceOfTests(String name) {
        try (InputStream resource = PluginBuilder.class.getResourceAsStream("/" + name)) {
            byte[] text = Objects.requireNonNull(resource).readAllBytes();
            sources.put(name, new String(text, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Sets an attribute of the manifest. */
    public PluginBuilder attribute(String name, String value) {
        manifest.put(name, value);
        return this;
    }

    /** Leaves an attribute out of the manifest. */
    public PluginBuilder withoutAttribute(String name) {
        manifest.remove(name);
        return this;
    }

    /** Compiles against another jar, too. */
    public PluginBuilder with(Path jar) {
        classPath.add(jar);
        return this;
    }

    /** Leaves a file out of the jar. */
    public PluginBuilder without(String entry) {
        leftOut.add(entry);
        return this;
    }

    /** Puts a file into the jar, in place of what was compiled if need be. */
    public PluginBuilder entry(String name, byte[] content) {
        more.put(name, content);
        return this;
    }

    /** Makes the jar. */
    public Path build(Path jar) {
        try {
            Path work = Files.createTempDirectory("plugin");
            compile(work);
            pack(work, jar);
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compile(Path work) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = work.resolve("src").resolve(source.getKey());
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            files.add(Files.writeString(file, source.getValue()));
        }
        Files.createDirectories(work.resolve("classes"));
        if (files.isEmpty()) {
            return;
        }
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
        for (Path jar : classPath) {
            path += ":" + jar;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavaCompiler.CompilationTask task = compiler.getTask(
                    messages,
                    manager,
                    null,
                    List.of("--release", "17", "-d", work.resolve("classes").toString(), "-cp", path),
                    null,
                    manager.getJavaFileObjectsFromPaths(files));
            task.setProcessors(List.of(new ExtensionAnnotationProcessor()));
            if (!task.call()) {
                throw new IllegalStateException("The plugin of the test does not compile: " + messages);
            }
        }
    }

    private void pack(Path work, Path jar) throws IOException {
        Manifest mf = new Manifest();
        mf.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach((name, value) -> mf.getMainAttributes().putValue(name, value));
        Path classes = work.resolve("classes");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out, mf);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = classes.relativize(file).toString();
                if (!leftOut.contains(name) && !more.containsKey(name)) {
                    add(zip, name, Files.readAllBytes(file));
                }
            }
            for (Map.Entry<String, byte[]> entry : more.entrySet()) {
                add(zip, entry.getKey(), entry.getValue());
            }
        }
    }

    private static void add(JarOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new JarEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
