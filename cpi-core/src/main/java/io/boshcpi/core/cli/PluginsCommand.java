package io.boshcpi.core.cli;

import io.boshcpi.core.config.Configuration;
import io.boshcpi.core.plugin.PluginCatalog;
import io.boshcpi.core.plugin.PluginHost;
import io.boshcpi.core.plugin.PluginProblem;
import io.boshcpi.core.plugin.PluginReport;
import io.boshcpi.core.rpc.Json;
import io.boshcpi.spi.CpiException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the plugins that are loaded, with their files, and those that are not, with the reasons. */
@Command(
        name = "plugins",
        mixinStandardHelpOptions = true,
        description =
                "Lists the plugins that are loaded, and those that are not, with reasons. The status is 1 if there are any of"
                        + " the latter.")
final class PluginsCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A configuration whose plugin_dirs are searched too.")
    private @Nullable Path config;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try {
            List<Path> folders = config == null
                    ? List.of()
                    : Configuration.read(Commands.resolve(config)).pluginFolders();
            PluginCatalog catalog = PluginCatalog.read(Commands.distribution(), folders);
            try (PluginHost host = PluginHost.inspect(Commands.distribution(), catalog)) {
                print(out, host.report(), host.problems());
                return host.problems().isEmpty() ? 0 : 1;
            }
        } catch (CpiException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        } finally {
            out.flush();
        }
    }

    private void print(PrintWriter out, List<PluginReport> plugins, List<PluginProblem> problems) {
        if (json) {
            out.println(Json.write(asJson(plugins, problems)));
        } else {
            printText(out, plugins, problems);
        }
    }

    private static void printText(PrintWriter out, List<PluginReport> plugins, List<PluginProblem> problems) {
        for (PluginReport plugin : plugins) {
            out.println(plugin.id() + " " + plugin.version());
            out.println("  file      " + plugin.file() + (plugin.bundled() ? " (bundled)" : ""));
            out.println("  requires  SPI " + plugin.requires());
            if (!plugin.dependencies().isEmpty()) {
                out.println("  depends   on " + String.join(", ", plugin.dependencies()));
            }
            plugin.extensions().forEach((point, classes) -> {
                out.println("  extends   " + point);
                classes.forEach(name -> out.println("            with " + name));
            });
        }
        for (PluginProblem problem : problems) {
            out.println("NOT USABLE  " + problem.file());
            out.println("            " + problem.reason());
        }
        if (plugins.isEmpty() && problems.isEmpty()) {
            out.println(
                    "There is no plugin in " + Commands.distribution().plugins().toAbsolutePath());
        }
    }

    private static Map<String, Object> asJson(List<PluginReport> plugins, List<PluginProblem> problems) {
        List<Object> loaded = new ArrayList<>();
        for (PluginReport plugin : plugins) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("id", plugin.id());
            object.put("version", plugin.version());
            object.put("file", plugin.file().toString());
            object.put("bundled", plugin.bundled());
            object.put("requires", plugin.requires());
            object.put("dependencies", plugin.dependencies());
            object.put("extensions", plugin.extensions());
            loaded.add(object);
        }
        List<Object> unusable = new ArrayList<>();
        for (PluginProblem problem : problems) {
            unusable.add(Map.of("file", problem.file().toString(), "reason", problem.reason()));
        }
        return Map.of("plugins", loaded, "problems", unusable);
    }
}
