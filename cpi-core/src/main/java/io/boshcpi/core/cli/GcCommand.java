package io.boshcpi.core.cli;

import io.boshcpi.core.call.Upkeep;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Maintenance.Leftover;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists or removes the leftovers of interrupted calls. */
@Command(
        name = "gc",
        mixinStandardHelpOptions = true,
        description = {
            "Lists leftovers, which bear this CPI's marks and which no Director knows: half-made VMs, ephemeral disks"
                    + " without a VM, images without a Director, persistent disks that were never confirmed, half-made"
                    + " networks.",
            "",
            "With --remove and --director it removes those of that Director and those without one. A precious one, such"
                    + " as a persistent disk, is removed only if --named names it."
        })
final class GcCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--remove", description = "Remove instead of listing.")
    private boolean remove;

    @Option(names = "--director", paramLabel = "UUID", description = "Whose leftovers may be removed.")
    private @Nullable String director;

    @Option(
            names = "--older-than",
            paramLabel = "MINUTES",
            defaultValue = "60",
            description = "Leave younger ones alone: a call may be making them. By default ${DEFAULT-VALUE}.")
    private long olderThanMinutes;

    @Option(
            names = {"--named", "--disk"},
            paramLabel = "NAME",
            description = "Remove this precious one too, named as it is listed.")
    private List<String> named = new ArrayList<>();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        if (remove && director == null) {
            throw new ParameterException(
                    command.commandLine(),
                    "--remove needs --director: leftovers of other Directors must not be removed");
        }
        PrintWriter out = command.commandLine().getOut();
        RemovalPolicy policy = new RemovalPolicy(
                Optional.ofNullable(director), Duration.ofMinutes(olderThanMinutes), Set.copyOf(named));
        Instant now = Instant.now();
        try (Upkeep upkeep = config.open()) {
            List<Leftover> concerned = new ArrayList<>();
            List<Leftover> removable = new ArrayList<>();
            int younger = 0;
            for (Leftover leftover : upkeep.maintenance().leftovers(upkeep.call())) {
                if (policy.concerns(leftover, now)) {
                    concerned.add(leftover);
                    if (remove && policy.allowsRemoving(leftover)) {
                        removable.add(leftover);
                    }
                } else {
                    younger++;
                }
            }
            Set<Leftover> removed = removable.isEmpty()
                    ? Set.of()
                    : Set.copyOf(upkeep.maintenance().remove(upkeep.call(), removable));
            List<Row> listed = new ArrayList<>();
            for (Leftover leftover : concerned) {
                listed.add(Row.of(leftover, removed.contains(leftover)));
                print(out, leftover, removed.contains(leftover));
            }
            if (json) {
                out.println(JsonOutput.of(listed));
            } else if (younger > 0) {
                out.println(younger + " more, younger than " + olderThanMinutes
                        + " minutes; a call may be making them (--older-than 0 shows them).");
            } else if (listed.isEmpty()) {
                out.println("Nothing was left behind.");
            }
            return 0;
        } catch (CpiException e) {
            command.commandLine().getErr().println(config.shown(String.valueOf(e.getMessage())));
            return 1;
        } finally {
            out.flush();
        }
    }

    private void print(PrintWriter out, Leftover leftover, boolean removed) {
        if (!json) {
            out.printf(
                    "%-9s %-16s %s: %s (made %s, Director %s)%n",
                    removed ? "removed" : leftover.precious() ? "precious" : "left",
                    leftover.kind(),
                    config.shown(leftover.name()),
                    config.shown(leftover.reason()),
                    leftover.madeAt().map(Instant::toString).orElse("at an unknown time"),
                    leftover.directorUuid().orElse("none"));
        }
    }

    /** A leftover as {@code --json} shows it. */
    private record Row(
            String kind,
            String name,
            String reason,
            @Nullable String madeAt,
            @Nullable String director,
            boolean precious,
            boolean removed) {
        static Row of(Leftover leftover, boolean removed) {
            return new Row(
                    leftover.kind(),
                    leftover.name(),
                    leftover.reason(),
                    leftover.madeAt().map(Instant::toString).orElse(null),
                    leftover.directorUuid().orElse(null),
                    leftover.precious(),
                    removed);
        }
    }
}
