package io.boshcpi.core.cli;

import io.boshcpi.core.config.Configuration;
import io.boshcpi.core.plugin.PluginCatalog;
import io.boshcpi.core.plugin.PluginHost;
import io.boshcpi.core.plugin.PluginKind;
import io.boshcpi.core.plugin.PluginTime;
import io.boshcpi.core.plugin.PluginVerification;
import io.boshcpi.spi.Deadline;
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
        return inspect(more());
    }

    /** Looks at a plugin as if it lay there. */
    PluginVerification verify(Path file) {
        return PluginVerification.of(Commands.distribution(), more(), file);
    }

    /** The kinds of plugins that one can begin with. */
    List<PluginKind> kinds() {
        return PluginKind.all(Commands.distribution(), more());
    }

    private List<Path> more() {
        return config == null ? List.of() : more(Configuration.read(Commands.resolve(config)));
    }

    /** The folders of the configuration; what is asked of their plugins from now on may last as long as it says. */
    private static List<Path> more(Configuration configuration) {
        PluginTime.bind(configuration.pluginTimeout(), Deadline.in(configuration.callTimeout()));
        return configuration.pluginFolders();
    }

    /** Loads what can be, of the distribution's folder and those of the configuration, as it says how long that may take. */
    static PluginHost inspect(Configuration configuration) {
        return inspect(more(configuration));
    }

    private static PluginHost inspect(List<Path> folders) {
        return PluginHost.inspect(Commands.distribution(), PluginCatalog.read(Commands.distribution(), folders));
    }
}
