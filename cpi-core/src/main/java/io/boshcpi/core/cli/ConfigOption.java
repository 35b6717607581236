package io.boshcpi.core.cli;

import io.boshcpi.core.call.Upkeep;
import io.boshcpi.core.config.Configuration;
import io.boshcpi.core.log.OperatorText;
import io.boshcpi.core.log.Redactor;
import io.boshcpi.core.plugin.PluginHost;
import io.boshcpi.core.plugin.PluginProblem;
import io.boshcpi.spi.Maintenance.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /**
     * What is wrong with the plugins.
     *
     * @param blocking what keeps calls from being answered, so that nothing else can be found out
     * @param linkage what fails when it runs
     */
    record PluginFindings(List<Finding> blocking, List<Finding> linkage) {}

    /** What is wrong with the plugins of the distribution and of the configuration's folders. */
    PluginFindings pluginFindings() {
        try (PluginHost host = PluginFolders.inspect(Configuration.read(path()))) {
            List<Finding> blocking = new ArrayList<>();
            for (PluginProblem problem : host.problems()) {
                blocking.add(Finding.error(
                        "plugin " + problem.file(),
                        problem.reason(),
                        "take the file away, or put a version of the plugin there that fits; no call is answered until"
                                + " then"));
            }
            for (String conflict : host.conflicts()) {
                blocking.add(Finding.error(
                        "plugins", conflict, "take one of the files away; calls that need either fail until then"));
            }
            List<Finding> linkage = new ArrayList<>();
            for (PluginProblem problem : host.linkage()) {
                linkage.add(Finding.error(
                        "plugin " + problem.file(),
                        problem.reason(),
                        "put a version of the plugin there that fits this CPI, or take the file away; calls that come to"
                                + " that code fail until then"));
            }
            return new PluginFindings(blocking, linkage);
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
