package io.boshcpi.core.cli;

import io.boshcpi.core.log.OperatorText;
import io.boshcpi.core.resident.StatusClient;
import io.boshcpi.core.status.StatusFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks the resident host how it is. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Tells how the resident host is: version, uptime, calls by method with their times, errors by type, calls under"
                    + " way, providers, memory. Counts and times are since the host began.",
            "",
            "A host listens at one socket and answers the calls of one configuration; of several hosts, --socket chooses"
                    + " one. The host's user and root may ask."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:A host is well and answers the calls of this CPI with this configuration.",
            "1:A host is there but does not answer, or would refuse these calls; stderr says why.",
            "2:The command line is wrong.",
            "3:No host listens. Calls are answered nevertheless, each in a process of its own."
        })
final class StatusCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int UNWELL = 1;
    private static final int NO_HOST = 3;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description = "The host's socket; by default $CPI_HOST_SOCKET or ${bundle:product.socket}.")
    private @Nullable Path socket;

    @ArgGroup
    private @Nullable Format format;

    /** One of the formats other than text. */
    static final class Format {
        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Option(names = "--prometheus", description = "Print metrics in the text format of Prometheus.")
        private boolean prometheus;

        private StatusFormat chosen() {
            return prometheus ? StatusFormat.PROMETHEUS : json ? StatusFormat.JSON : StatusFormat.TEXT;
        }
    }

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Path path = path();
        StatusFormat chosen = format == null ? StatusFormat.TEXT : format.chosen();
        try {
            StatusClient.Answer answer =
                    StatusClient.ask(path, Commands.distribution(), config.path(), chosen, PATIENCE);
            answer.document().lines().forEach(line -> out.println(OperatorText.printable(line)));
            out.flush();
            if (answer.objection() == null) {
                return 0;
            }
            err.println(OperatorText.shown("The host does not answer the calls of this CPI with " + config.path() + ": "
                    + answer.objection() + "; each of them runs in a process of its own"));
            return UNWELL;
        } catch (StatusClient.NoHostException e) {
            err.println("No resident host runs: " + e.getMessage()
                    + ". Calls are answered nevertheless, each in a process of its own");
            return NO_HOST;
        } catch (IOException e) {
            err.println(OperatorText.shown("The resident host at " + path + " does not tell its status: "
                    + OperatorText.of(e) + ". Calls that it does not answer run in a process of their own"));
            return UNWELL;
        }
    }

    private Path path() {
        String named = System.getenv("CPI_HOST_SOCKET");
        if (socket != null) {
            return Commands.resolve(socket);
        }
        return named == null || named.isEmpty()
                ? Commands.distribution().product().socket()
                : Commands.resolve(Path.of(named));
    }
}
