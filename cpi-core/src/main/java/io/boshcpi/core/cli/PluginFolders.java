package io.boshcpi.core.cli;

import io.boshcpi.core.config.Configuration;
import io.boshcpi.core.plugin.PluginCatalog;
import io.boshcpi.core.plugin.PluginHost;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The plugins that a command looks at: those of the distribution, and of a configuration's folders. */
final class PluginFolders {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A configuration whose plugin_dirs are searched too.")
    private @Nullable Path config;

    /** Loads what can be. */
    PluginHost inspect() {
        return inspect(
                config == null
                        ? List.of()
                        : Configuration.read(Commands.resolve(config)).pluginFolders());
    }

    /** The same with these folders besides the distribution's own. */
    static PluginHost inspect(List<Path> folders) {
        return PluginHost.inspect(Commands.distribution(), PluginCatalog.read(Commands.distribution(), folders));
    }
}
