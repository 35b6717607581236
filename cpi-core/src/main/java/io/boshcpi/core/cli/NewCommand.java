package io.boshcpi.core.cli;

import io.boshcpi.core.log.OperatorText;
import io.boshcpi.core.plugin.PluginKind;
import io.boshcpi.spi.CpiException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the project of a new plugin, for its author. */
@Command(
        name = "new",
        mixinStandardHelpOptions = true,
        description = "Makes the project of a new plugin, which builds with a JDK and this distribution, and passes its"
                + " contract. Without KIND it lists the kinds.")
final class NewCommand implements Callable<Integer> {
    private static final String PACKAGE = "([a-z][a-zA-Z0-9_]*)([.][a-z][a-zA-Z0-9_]*)*";

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "KIND", description = "What the plugin adds.")
    private @Nullable String kindName;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "What the CPI is to call that.")
    private @Nullable String name;

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "DIR",
            description = "The project's folder, which is not there yet or empty; by default the plugin's ID.")
    private @Nullable Path folder;

    @Option(
            names = "--package",
            paramLabel = "PACKAGE",
            description = "The Java package; by default one below com.example.cpi.")
    private @Nullable String packageName;

    @Mixin
    private final PluginFolders folders = new PluginFolders();

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try {
            List<PluginKind> kinds = folders.kinds();
            if (kindName == null) {
                out.println(list(kinds));
                return 0;
            }
            PluginKind kind = kind(kinds, kindName);
            String pluginName = name(kind);
            Path target = Commands.resolve(folder == null ? Path.of(kind.pluginId(pluginName)) : folder);
            requireFree(target);
            write(target, kind.files(pluginName, packageOf(pluginName)));
            out.println(OperatorText.printable("Made " + target.normalize()));
            out.println("Its build DISTRIBUTION compiles and verifies it; its README.md says more.");
            return 0;
        } catch (CpiException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        } catch (IOException e) {
            spec.commandLine().getErr().println("The project cannot be written: " + OperatorText.of(e));
            return 1;
        } finally {
            out.flush();
        }
    }

    private PluginKind kind(List<PluginKind> kinds, String wanted) {
        for (PluginKind kind : kinds) {
            if (kind.name().equals(wanted)) {
                return kind;
            }
        }
        throw wrong("There is no kind \"" + wanted + "\"; there are\n" + list(kinds));
    }

    private static String list(List<PluginKind> kinds) {
        return kinds.stream()
                .map(kind -> "  " + kind.name() + ": " + kind.description() + "; NAME is " + kind.meaningOfName())
                .collect(Collectors.joining("\n"));
    }

    private String name(PluginKind kind) {
        if (name == null || !name.matches(kind.namePattern()) || name.length() > 60) {
            throw wrong("NAME is " + kind.meaningOfName() + ", and matches " + kind.namePattern()
                    + ", up to 60 characters" + (name == null ? "" : "; \"" + name + "\" does not"));
        }
        return name;
    }

    private String packageOf(String pluginName) {
        if (packageName == null) {
            return "com.example.cpi." + pluginName.replace("-", "") + "plugin"; // The name alone may be a word of Java.
        } else if (!packageName.matches(PACKAGE)) {
            throw wrong("--package is a package such as com.example.cpi; \"" + packageName + "\" is none");
        }
        return packageName;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    private void requireFree(Path target) throws IOException {
        if (!Files.exists(target)) {
            return;
        }
        if (Files.isDirectory(target)) {
            try (Stream<Path> files = Files.list(target)) {
                if (files.findAny().isEmpty()) {
                    return;
                }
            }
        }
        throw wrong(target + " is there already; give a folder that is not, or an empty one");
    }

    private static void write(Path target, Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = target.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.writeString(path, file.getValue());
        }
        if (!target.resolve("build").toFile().setExecutable(true, false)) {
            throw new IOException(target.resolve("build") + " cannot be made executable");
        }
    }
}
