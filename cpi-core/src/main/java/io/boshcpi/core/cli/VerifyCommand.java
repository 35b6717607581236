package io.boshcpi.core.cli;

import io.boshcpi.core.log.OperatorText;
import io.boshcpi.core.plugin.PluginFinding;
import io.boshcpi.core.plugin.PluginReport;
import io.boshcpi.core.plugin.PluginVerification;
import io.boshcpi.spi.CpiException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says whether a plugin would be usable here, for its author. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Says whether a plugin would be usable if its file lay with the others: manifest, extensions, every class"
                        + " and method that it uses, and what it answers. Each line says what is wrong and what would be right. The"
                        + " status is 1 if the plugin is not usable.")
final class VerifyCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The plugin's jar.")
    @SuppressWarnings("NullAway.Init") // picocli sets it.
    private Path file;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private final PluginFolders folders = new PluginFolders();

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try {
            PluginVerification verification = folders.verify(Commands.resolve(file));
            if (json) {
                out.println(JsonOutput.of(Result.of(verification)));
            } else {
                print(out, verification);
            }
            return verification.isUsable() ? 0 : 1;
        } catch (CpiException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        } finally {
            out.flush();
        }
    }

    private static void print(PrintWriter out, PluginVerification verification) {
        for (PluginFinding finding : verification.findings()) {
            out.println(OperatorText.printable((finding.isError() ? "ERROR    " : "WARNING  ") + finding.text()));
        }
        verification.plugin().ifPresent(plugin -> print(out, plugin));
        out.println((verification.isUsable() ? "usable      " : "NOT USABLE  ") + verification.file());
    }

    private static void print(PrintWriter out, PluginReport plugin) {
        out.println(plugin.id() + " " + plugin.version());
        plugin.extensions()
                .forEach((point, classes) ->
                        classes.forEach(name -> out.println("  extends   " + point + " with " + name)));
    }

    /** What {@code --json} shows. */
    private record Result(
            String file,
            boolean usable,
            @Nullable String id,
            @Nullable String version,
            Map<String, List<String>> extensions,
            List<Row> findings) {
        static Result of(PluginVerification verification) {
            PluginReport plugin = verification.plugin().orElse(null);
            return new Result(
                    verification.file().toString(),
                    verification.isUsable(),
                    plugin == null ? null : plugin.id(),
                    plugin == null ? null : plugin.version(),
                    plugin == null ? Map.of() : plugin.extensions(),
                    verification.findings().stream().map(Row::of).toList());
        }
    }

    private record Row(String verdict, String text) {
        static Row of(PluginFinding finding) {
            return new Row(finding.isError() ? "error" : "warning", finding.text());
        }
    }
}
