package io.boshcpi.core.cli;

import io.boshcpi.core.call.Upkeep;
import io.boshcpi.spi.CpiException;
import io.boshcpi.spi.Maintenance.Finding;
import io.boshcpi.spi.Maintenance.Verdict;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks everything that calls depend on. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Checks what calls depend on: server, trust, project, network, storage. Each line says what was"
                + " found and how to fix it. The status is 1 if calls cannot succeed.")
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ConfigOption config = new ConfigOption();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try {
            ConfigOption.PluginFindings plugins = config.pluginFindings();
            List<Finding> findings = new ArrayList<>(plugins.blocking());
            findings.addAll(plugins.linkage());
            if (plugins.blocking().isEmpty()) {
                findings.addAll(diagnosis());
            }
            return print(out, findings);
        } catch (CpiException e) {
            return print(out, List.of(Finding.error("configuration", e.getMessage(), "correct " + config.path())));
        } finally {
            out.flush();
        }
    }

    private List<Finding> diagnosis() {
        try (Upkeep upkeep = config.open()) {
            return upkeep.maintenance().diagnose(upkeep.call());
        }
    }

    private int print(PrintWriter out, List<Finding> findings) {
        if (json) {
            out.println(JsonOutput.of(findings.stream().map(this::row).toList()));
        } else {
            findings.forEach(finding -> print(out, finding));
        }
        return findings.stream().anyMatch(finding -> finding.verdict() == Verdict.ERROR) ? 1 : 0;
    }

    private void print(PrintWriter out, Finding finding) {
        String observed = config.shown(finding.subject() + ": " + finding.observation());
        out.printf("%-8s %s%n", finding.verdict(), observed);
        finding.remedy().ifPresent(remedy -> out.printf("%-8s   fix: %s%n", "", config.shown(remedy)));
    }

    private Row row(Finding finding) {
        return new Row(
                finding.verdict().name().toLowerCase(Locale.ROOT),
                config.shown(finding.subject()),
                config.shown(finding.observation()),
                finding.remedy().map(config::shown).orElse(null));
    }

    /** A finding as {@code --json} shows it. */
    private record Row(
            String verdict,
            String subject,
            String observation,
            @Nullable String remedy) {}
}
