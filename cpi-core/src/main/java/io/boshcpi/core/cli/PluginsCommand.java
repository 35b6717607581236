package io.boshcpi.core.cli;

import io.boshcpi.core.log.OperatorText;
import io.boshcpi.core.plugin.HostContext;
import io.boshcpi.core.plugin.PluginHost;
import io.boshcpi.core.plugin.PluginProblem;
import io.boshcpi.core.plugin.PluginReport;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.OptionGroup;
import io.boshcpi.spi.SpiVersion;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the plugins that are loaded, with their files, and those that are not, with the reasons. */
@Command(
        name = "plugins",
        mixinStandardHelpOptions = true,
        subcommands = {NewCommand.class, VerifyCommand.class},
        description =
                "Lists the plugins that are loaded, and those that are not, that lack something they use, or that contradict"
                        + " each other, with reasons. The status is 1 if there are any of the latter.")
final class PluginsCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(
            names = "--options",
            description = "Print what operators can write for each provider and its sub-plugins, instead.")
    private boolean options;

    @Option(names = "--markdown", description = "With --options: print the page of the documentation.")
    private boolean markdown;

    @Mixin
    private final PluginFolders folders = new PluginFolders();

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (PluginHost host = folders.inspect()) {
            if (options) {
                printOptions(out, host);
            } else {
                return print(out, host);
            }
            return host.problems().isEmpty() ? 0 : 1;
        } catch (CpiException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        } finally {
            out.flush();
        }
    }

    private void printOptions(PrintWriter out, PluginHost host) {
        List<OptionGroup> groups = groups(host);
        OptionsPage page = new OptionsPage(groups);
        out.print(json ? JsonOutput.of(OptionRow.all(groups)) + "\n" : markdown ? page.markdown() : page.text());
    }

    /** The options of each provider and its sub-plugins. */
    static List<OptionGroup> groups(PluginHost host) {
        List<OptionGroup> groups = new ArrayList<>();
        for (String provider : host.providers().keySet()) {
            groups.addAll(host.factory(provider).options(new HostContext(host, provider)));
        }
        return groups;
    }

    private int print(PrintWriter out, PluginHost host) {
        List<PluginProblem> linkage = host.linkage();
        List<String> conflicts = host.conflicts();
        if (json) {
            out.println(JsonOutput.of(Listing.of(host, linkage, conflicts)));
        } else {
            printText(out, host.report(), host.problems());
            linkage.forEach(problem -> print(out, "WILL FAIL   ", problem));
            conflicts.forEach(conflict -> out.println(OperatorText.printable("CONFLICT    " + conflict)));
        }
        return host.problems().isEmpty() && linkage.isEmpty() && conflicts.isEmpty() ? 0 : 1;
    }

    private static void printText(PrintWriter out, List<PluginReport> plugins, List<PluginProblem> problems) {
        for (PluginReport plugin : plugins) {
            out.println(plugin.id() + " " + plugin.version());
            out.println("  file      " + plugin.file() + (plugin.bundled() ? " (bundled)" : ""));
            if (!plugin.exportsVersion().equals(plugin.version())) {
                out.println("  exports   version " + plugin.exportsVersion() + " to plugins that depend on it");
            }
            out.println("  requires  SPI " + plugin.requires() + " (this CPI has " + SpiVersion.CURRENT + ")");
            if (!plugin.dependencies().isEmpty()) {
                out.println("  depends   on " + String.join(", ", plugin.dependencies()));
            }
            plugin.extensions().forEach((point, classes) -> {
                out.println("  extends   " + point);
                classes.forEach(name -> out.println("            with " + name));
            });
        }
        problems.forEach(problem -> print(out, "NOT USABLE  ", problem));
        if (plugins.isEmpty() && problems.isEmpty()) {
            out.println(
                    "There is no plugin in " + Commands.distribution().plugins().toAbsolutePath());
        }
    }

    private static void print(PrintWriter out, String verdict, PluginProblem problem) {
        out.println(verdict + problem.file());
        out.println("            " + problem.reason());
    }

    /** An option as {@code --options --json} shows it. */
    private record OptionRow(
            String place,
            String group,
            String name,
            String kind,
            String description,
            boolean required,
            @Nullable Object defaultValue,
            List<String> allowed) {
        static List<OptionRow> all(List<OptionGroup> groups) {
            List<OptionRow> rows = new ArrayList<>();
            for (OptionGroup group : groups) {
                for (io.boshcpi.spi.Option option : group.options()) {
                    rows.add(new OptionRow(
                            group.place(),
                            group.title(),
                            option.name(),
                            option.kind().words(),
                            option.description(),
                            option.isRequired(),
                            option.defaultValue().orElse(null),
                            option.allowed()));
                }
            }
            return rows;
        }
    }

    /** What {@code --json} shows. */
    private record Listing(
            List<Plugin> plugins, List<Problem> problems, List<Problem> linkage, List<String> conflicts) {
        static Listing of(PluginHost host, List<PluginProblem> linkage, List<String> conflicts) {
            return new Listing(
                    host.report().stream().map(Plugin::of).toList(),
                    host.problems().stream().map(Problem::of).toList(),
                    linkage.stream().map(Problem::of).toList(),
                    conflicts);
        }
    }

    private record Plugin(
            String id,
            String version,
            String exportsVersion,
            String file,
            boolean bundled,
            String requires,
            List<String> dependencies,
            Map<String, List<String>> extensions) {
        static Plugin of(PluginReport plugin) {
            return new Plugin(
                    plugin.id(),
                    plugin.version(),
                    plugin.exportsVersion(),
                    plugin.file().toString(),
                    plugin.bundled(),
                    plugin.requires(),
                    plugin.dependencies(),
                    plugin.extensions());
        }
    }

    private record Problem(String file, String reason) {
        static Problem of(PluginProblem problem) {
            return new Problem(problem.file().toString(), problem.reason());
        }
    }
}
