package io.boshcpi.core.cli;

import io.boshcpi.core.call.Upkeep;
import io.boshcpi.core.config.Configuration;
import io.boshcpi.core.log.OperatorText;
import io.boshcpi.core.log.Redactor;
import io.boshcpi.core.plugin.PluginHost;
import io.boshcpi.core.plugin.PluginProblem;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The configuration that a command works with. */
final class ConfigOption {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The CPI's configuration; by default ${bundle:product.config}.")
    private @Nullable Path config;

    private final Redactor redactor = new Redactor();

    /** What is wrong with the plugins of the distribution and of the configuration's folders. */
    List<PluginProblem> pluginProblems() {
        try (PluginHost host = PluginFolders.inspect(Configuration.read(path()).pluginFolders())) {
            return host.problems();
        }
    }

    Upkeep open() {
        return new Upkeep(Commands.distribution(), path(), redactor);
    }

    /** The text as a person may see it: without secrets, class names and control characters. */
    String shown(String text) {
        return OperatorText.shown(redactor.redact(text));
    }

    Path path() {
        return config == null ? Commands.distribution().product().config() : Commands.resolve(config);
    }
}
