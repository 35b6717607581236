package io.boshcpi.core.cli;

import io.boshcpi.core.installation.Distribution;
import io.boshcpi.core.log.OperatorText;
import io.boshcpi.core.plugin.PluginCatalog;
import io.boshcpi.spi.SpiVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The commands that people type. The Director's calls never come here: picocli is slow to start.
 *
 * <p>What the texts say of the product comes from its properties, which are picocli's resource bundle.
 */
@Command(
        name = "cpi",
        mixinStandardHelpOptions = true,
        versionProvider = Commands.Version.class,
        subcommands = {
            ConformanceCommand.class,
            DoctorCommand.class,
            ExplainCommand.class,
            GcCommand.class,
            PluginsCommand.class,
            StatusCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        description = {
            "${bundle:product.title}.",
            "",
            "Without a command it answers one call of a Director or of bosh create-env: one JSON request on stdin,"
                    + " one JSON response on stdout."
        })
public final class Commands implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    private Commands() {}

    /** Runs a command and ends the process with its status. */
    public static void main(String[] args) {
        CommandLine commands = new CommandLine(new Commands());
        commands.setResourceBundle(productTexts());
        commands.setExecutionExceptionHandler((failure, command, parsed) -> failed(command.getErr(), failure));
        System.exit(execute(commands, args));
    }

    private static int execute(CommandLine commands, String[] args) {
        try {
            return commands.execute(args);
        } catch (OutOfMemoryError e) {
            commands.getErr()
                    .println("The command needs more memory than its "
                            + (Runtime.getRuntime().maxMemory() >> 20) + " MiB; the server's answer is too large");
            return 1;
        }
    }

    private static int failed(PrintWriter err, Throwable failure) {
        err.println(OperatorText.shown("The command failed unexpectedly: " + OperatorText.of(failure)));
        OperatorText.causes(failure).forEach(line -> err.println(OperatorText.shown(line)));
        return 1;
    }

    private static ResourceBundle productTexts() {
        Path file = distribution().productFile();
        try (Reader reader = Files.newBufferedReader(file)) {
            return new PropertyResourceBundle(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "Give a command, or --config FILE alone to answer a call");
    }

    static Distribution distribution() {
        return new Distribution(Path.of(""));
    }

    /** The path of an option; a relative one counts from where the command was typed. */
    static Path resolve(Path path) {
        return Path.of(System.getProperty(Main.CALLER_FOLDER, "")).resolve(path);
    }

    /** Version and build, from the distribution, and the version of the SPI for plugins. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            Distribution distribution = distribution();
            List<String> lines = new ArrayList<>();
            lines.add("cpi " + distribution.product().version() + " (build " + distribution.buildId() + ")");
            lines.add("plugin SPI " + SpiVersion.CURRENT);
            PluginCatalog.read(distribution, List.of())
                    .exportedVersions()
                    .forEach((plugin, version) -> lines.add("SPI of " + plugin + " " + version));
            return lines.toArray(new String[0]);
        }
    }
}
